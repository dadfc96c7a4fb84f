#!/usr/bin/env node
import { ignoreEmptyHome } from '../engine/storage/ignore-empty-home.ts'
import { exitStatus } from './command-line/exit-status.ts'

const args = process.argv.slice(2)
ignoreEmptyHome(process.env)

// Readers of the output may stop early, as `head` does, and a disk that it is written to may be full. The notifier
// itself goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (args.includes('serve')) return
  if (error.code === 'EPIPE') process.exit(exitStatus.ok)
  process.stderr.write(`discourse-notifier: The output cannot be written (${error.code}).\n`)
  process.exit(exitStatus.failed)
})
process.stderr.on('error', () => undefined)

try {
  const { runCli } = await import('./run-cli.ts')
  // Not `process.exit`, which would cut off output that is still being written.
  process.exitCode = await runCli(args)
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EMFILE' && code !== 'ENFILE') throw error
  // In English: where the program's own files cannot be opened, those with the texts cannot either.
  const sentence = 'The system lets this program open too few files to start. Allow it 256 (“ulimit -n 256”).'
  process.stderr.write(`discourse-notifier: ${sentence}\n`)
  process.exit(exitStatus.failed)
}
