import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { text as readAll } from 'node:stream/consumers'
import type { KeychainCall } from './keychain-subprocess.ts'

/** Reads one call from stdin, so that no secret appears on a command line, and writes the result to stdout. */
const program = `
  const keytar = require(process.argv[1])
  let given = ''
  process.stdin.setEncoding('utf8').on('data', (chunk) => (given += chunk)).on('end', async () => {
    try {
      const { name, args } = JSON.parse(given)
      process.stdout.write(JSON.stringify((await keytar[name](...args)) ?? null))
    } catch (error) {
      process.stderr.write(String(error?.message))
      process.exitCode = 1
    }
  })
`

/** How long the keychain may wait for the user, in milliseconds; then the process is killed. */
const timeout = 60_000

/** Calls the keychain in a separate Node process. Not for Electron, whose fuses disable running as plain Node. */
export const callInNode: KeychainCall = async (call) => {
  const keytar = createRequire(import.meta.url).resolve('keytar')
  const child = spawn(process.execPath, ['-e', program, keytar], { stdio: 'pipe', timeout })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  child.stdin.on('error', () => undefined).end(JSON.stringify(call))
  const [given, complaint, status] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended])
  if (status !== 0) throw new Error(complaint || 'the keychain does not answer')
  return JSON.parse(given)
}
