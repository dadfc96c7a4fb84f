import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { whenEnded } from '../rig/when-ended.ts'

/** A session bus with an unlocked keyring of its own, as a desktop session has one. */
export interface Keyring {
  /** For the programs that are to reach it. */
  readonly env: NodeJS.ProcessEnv
  /** Ends the daemon at once, as a crash does. */
  kill(): Promise<void>
  /** Has the daemon answer nothing, until it is thawed. */
  freeze(): void
  thaw(): void
  /** Starts and unlocks the daemon anew, over the same file. */
  restart(): Promise<void>
  /** What another program finds in the item; null when there is none. */
  read(item: string): Promise<string | null>
  /** Another program writes the item, or deletes it. */
  write(item: string, text: string | null): Promise<void>
  stop(): Promise<void>
}

/** What another program does to an item of ours, through the same library. */
const otherProgram = `
  const keytar = (await import('keytar')).default
  const [item, text] = process.argv.slice(1)
  const service = 'discourse-notifier'
  if (text === undefined) process.stdout.write(JSON.stringify(await keytar.getPassword(service, item)))
  else if (text === '') await keytar.deletePassword(service, item)
  else await keytar.setPassword(service, item, text)
`

/**
 * @param home where the keyring's file lives
 * @param session the environment of a session whose bus it joins, instead of starting one
 */
export const startKeyring = async (home: string, session?: NodeJS.ProcessEnv): Promise<Keyring> => {
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: `${home}/data`, XDG_RUNTIME_DIR: home }
  const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'
  const wrapper = session === undefined ? ['dbus-run-session', '--'] : []
  const [command = '', ...args] = [...wrapper, 'bash', '-c', script]
  const bus = spawn(command, args, { env: { ...env, ...session }, stdio: ['pipe', 'pipe', 'ignore'] })
  const address = { DBUS_SESSION_BUS_ADDRESS: await firstLine(bus) }
  const start = async (): Promise<ChildProcess> => {
    const args = ['--replace', '--foreground', '--unlock', '--components=secrets']
    const daemon = spawn('gnome-keyring-daemon', args, {
      env: { ...env, ...address },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    daemon.stdin.end('pw\n')
    await firstLine(daemon)
    return daemon
  }
  const end = async (child: ChildProcess, kill: () => void): Promise<void> => {
    kill()
    await whenEnded(child)
  }
  const runOther = async (...args: readonly string[]): Promise<string> => {
    const words = ['--input-type=module', '-e', otherProgram, '--', ...args]
    return (await promisify(execFile)(process.execPath, words, { env: { ...env, ...address } })).stdout
  }
  let daemon = await start()
  return {
    env: address,
    kill: () => end(daemon, () => daemon.kill('SIGKILL')),
    freeze: () => void daemon.kill('SIGSTOP'),
    thaw: () => void daemon.kill('SIGCONT'),
    restart: async () => {
      daemon = await start()
    },
    read: async (item) => {
      const text: unknown = JSON.parse(await runOther(item))
      return typeof text === 'string' ? text : null
    },
    write: async (item, text) => {
      await runOther(item, text ?? '')
    },
    stop: async () => {
      if (session !== undefined) await end(daemon, () => daemon.kill())
      // The session, and everything that hangs on it, lasts as long as somebody listens to it.
      await end(bus, () => bus.stdin.end())
    },
  }
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const { stdout } = child
    if (stdout === null) return reject(new Error('no output'))
    createInterface({ input: stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`ended with status ${code}`)))
  })
