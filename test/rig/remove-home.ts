import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

export interface RemoveHomeOptions {
  /** How long the notifier's own processes may take to end, in milliseconds. */
  readonly notifierTimeout?: number
  /** How long other programs may take to end after SIGTERM, in milliseconds; then they get SIGKILL. */
  readonly leftoverTimeout?: number
}

/** How long a process may take to end after SIGKILL, in milliseconds. */
const killTimeout = 30_000

/**
 * Removes a folder that programs have been running in, once all of them have ended: a program that still writes would
 * make the removal fail with ENOTEMPTY, or bring the folder back.
 *
 * The notifier's own processes have to end by themselves. What a desktop leaves behind (a bus, a keyring, a browser) is
 * ended here: such programs only notice some time later that their session is over. Processes are known on Linux only;
 * elsewhere the removal is retried while files are in use (nodejs.org/api/fs.html, `maxRetries`).
 * @param home not below another folder that is still in use
 * @throws when a process of the notifier had to be killed, with its command line; the folder has been removed
 */
export const removeHome = async (
  home: string,
  { notifierTimeout = 60_000, leftoverTimeout = 5000 }: RemoveHomeOptions = {},
): Promise<void> => {
  const late: Running[] = []
  if (processesIn(home).length > 0) {
    late.push(...(await waitForEnd(() => processesIn(home).filter(isNotifier), notifierTimeout)))
    signal(late, 'SIGKILL')
    signal(processesIn(home), 'SIGTERM')
    await waitForEnd(() => processesIn(home), leftoverTimeout)
    late.push(...(await waitForEnd(() => killAll(processesIn(home)), killTimeout)))
  }
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  if (late.length > 0) throw new Error(`still running in ${home}:\n${late.map(describe).join('\n')}`)
}

interface Running {
  readonly pid: number
  /** The program and its arguments, separated by spaces. */
  readonly command: string
}

const describe = ({ pid, command }: Running): string => `${pid} ${command}`

/** The built notifier in Node or Electron, and a packed one. */
const isNotifier = ({ command }: Running): boolean =>
  /headless[/\\]cli\.js|dist[/\\]electron[/\\]|discourse-notifier/.test(command)

/** Waits until there are no such processes. Resolves to those that are still there at the end of the time. */
const waitForEnd = async (find: () => readonly Running[], timeout: number): Promise<readonly Running[]> => {
  const end = performance.now() + timeout
  for (;;) {
    const running = find()
    if (running.length === 0 || performance.now() > end) return running
    await delay(50)
  }
}

const killAll = (running: readonly Running[]): readonly Running[] => {
  signal(running, 'SIGKILL')
  return running
}

const signal = (running: readonly Running[], name: NodeJS.Signals): void => {
  for (const { pid } of running) {
    try {
      process.kill(pid, name)
    } catch {
      // It has ended since.
    }
  }
}

/**
 * The processes, but this one, that name a folder in their environment or on their command line, or that have it or
 * something below it open. Processes of other users are seen by root only. A process that has ended, and whose parent
 * has not asked how, has none of these.
 */
const processesIn = (folder: string): readonly Running[] => {
  if (process.platform !== 'linux') return []
  const names = new Set([folder, orElse(() => realpathSync(folder), folder)])
  const isIn = (text: string): boolean => [...names].some((name) => text.includes(name))
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
      const isThere = isIn(command) || isIn(read(`/proc/${pid}/environ`)) || openedBy(pid).some(isIn)
      return isThere ? [{ pid: Number(pid), command }] : []
    })
}

/** The working directory and the open files of a process. */
const openedBy = (pid: string): readonly string[] => {
  const descriptors = orElse(() => readdirSync(`/proc/${pid}/fd`), [])
  const links = [`/proc/${pid}/cwd`, ...descriptors.map((name) => `/proc/${pid}/fd/${name}`)]
  return links.map((link) => orElse(() => readlinkSync(link), ''))
}

const read = (file: string): string => orElse(() => readFileSync(file, 'latin1'), '')

/** Processes end while they are looked at, and those of other users cannot be. */
const orElse = <Value>(find: () => Value, other: Value): Value => {
  try {
    return find()
  } catch {
    return other
  }
}
