#!/usr/bin/env node
import { runCli } from './run-cli.ts'

// Not `process.exit`: what is still to be printed must be printed.
process.exitCode = await runCli(process.argv.slice(2))
