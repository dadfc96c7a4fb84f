import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { text as readAll } from 'node:stream/consumers'
import type { Keychain } from './keychain.ts'

/** Takes one call from its input, so that no secret stands on a command line, and writes what it gives to its output. */
const program = `
  const keytar = require(process.argv[1])
  let given = ''
  process.stdin.setEncoding('utf8').on('data', (chunk) => (given += chunk)).on('end', async () => {
    try {
      const { call, args } = JSON.parse(given)
      process.stdout.write(JSON.stringify((await keytar[call](...args)) ?? null))
    } catch (error) {
      process.stderr.write(String(error?.message))
      process.exitCode = 1
    }
  })
`

/** A keychain may wait that long for its owner, in milliseconds; then the process is ended. */
const patience = 60_000

/**
 * The system's keychain, each call in a process of its own. Inside one process libsecret stays bound to the daemon it met
 * first: that this one has gone, it hears from GLib's main loop only, which plain Node does not run.
 * @throws what keytar throws there
 */
export const keychainInProcess = (service: string): Keychain => {
  const call = async (name: string, ...args: readonly string[]): Promise<unknown> => {
    const keytar = createRequire(import.meta.url).resolve('keytar')
    const child = spawn(process.execPath, ['-e', program, keytar], {
      stdio: 'pipe',
      timeout: patience,
      // Electron's program is Node only when told so.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    })
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    child.stdin.on('error', () => undefined).end(JSON.stringify({ call: name, args: [service, ...args] }))
    const [given, complaint, status] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended])
    if (status !== 0) throw new Error(complaint || 'the keychain does not answer')
    return JSON.parse(given)
  }
  return {
    get: async (item) => {
      const text = await call('getPassword', item)
      return typeof text === 'string' ? text : null
    },
    set: async (item, text) => {
      await call('setPassword', item, text)
    },
    remove: async (item) => {
      await call('deletePassword', item)
    },
  }
}
