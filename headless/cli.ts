#!/usr/bin/env node
import { exitStatus } from './command-line/exit-status.ts'
import { runCli } from './run-cli.ts'

const args = process.argv.slice(2)

// Readers of the output may stop early, as `head` does, and a disk that it is written to may be full. The notifier
// itself goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (args.includes('serve')) return
  if (error.code === 'EPIPE') process.exit(exitStatus.ok)
  process.stderr.write(`discourse-notifier: The output cannot be written (${error.code}).\n`)
  process.exit(exitStatus.failed)
})
process.stderr.on('error', () => undefined)

// Not `process.exit`, which would cut off output that is still being written.
process.exitCode = await runCli(args)
