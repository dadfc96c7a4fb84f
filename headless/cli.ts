#!/usr/bin/env node
import { runCli } from './run-cli.ts'

const args = process.argv.slice(2)

// Whoever reads the output may have seen enough, as `head` does. The notifier itself goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  if (!args.includes('serve')) process.exit(0)
})

// Not `process.exit`: what is still to be printed must be printed.
process.exitCode = await runCli(args)
