import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import * as path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { builtProgram } from './machine.ts'
import type { Scene } from './scene.ts'

interface Start {
  readonly kind: string
  readonly words: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Shell commands to run before. */
  readonly before?: string
  /** Shell redirection of the output. */
  readonly output?: string
  /** The program may start normally, and is then ended. */
  readonly mayRun?: boolean
}

/** A start that hangs is ended after this many milliseconds. */
const longest = 20_000

const starts = (home: string): readonly Start[] => {
  const long = path.join(home, 'x'.repeat(120))
  const serve = ['serve', '--no-open', '--no-keychain', '--profile']
  const pipe = (name: string): string => {
    const profile = path.join(home, `pipe-${name.replaceAll('/', '-')}`)
    mkdirSync(path.dirname(path.join(profile, name)), { recursive: true, mode: 0o700 })
    execFileSync('mkfifo', [path.join(profile, name)])
    return profile
  }
  return [
    { kind: 'a profile in /proc', words: [...serve, '/proc/notifier/x'] },
    { kind: 'a profile in /proc', words: [...serve, '/proc/self'] },
    { kind: 'a profile in /proc', words: ['status', '--profile', '/proc/self'] },
    { kind: 'a profile that is a device', words: [...serve, '/dev/null'] },
    { kind: 'a profile whose name is too long', words: [...serve, path.join(home, 'x'.repeat(300))] },
    {
      kind: 'a profile with a long path, and nowhere for its socket',
      words: [...serve, long],
      env: { TMPDIR: '/proc' },
    },
    {
      kind: 'a profile with a long path, and nowhere for its socket',
      words: [...serve, long],
      env: { TMPDIR: '/dev/null' },
    },
    { kind: 'a pipe as settings.json', words: [...serve, pipe('settings.json')] },
    { kind: 'a pipe as another file', words: [...serve, pipe('profile.json')], mayRun: true },
    { kind: 'a pipe as another file', words: [...serve, pipe('control.sock')], mayRun: true },
    { kind: 'a pipe as another file', words: [...serve, pipe('state/page-sessions.json')], mayRun: true },
    { kind: 'a pipe as another file', words: [...serve, pipe('log/notifier.log')], mayRun: true },
    {
      kind: 'a folder that is gone',
      before: 'mkdir gone; cd gone; rmdir ../gone;',
      words: ['status', '--profile', 'x'],
    },
    {
      kind: 'a folder that is gone',
      before: 'mkdir gone; cd gone; rmdir ../gone;',
      words: [...serve, path.join(home, 'any'), '--ca', 'y'],
    },
    { kind: 'a certificate file without end', words: [...serve, path.join(home, 'any'), '--ca', '/dev/zero'] },
    { kind: 'its output to a full disk', words: ['status', '--profile', '/proc/self'], output: '> /dev/full 2>&1' },
    { kind: 'its output to a full disk', words: ['--help'], output: '> /dev/full' },
    { kind: 'output that nobody reads', words: ['--help'], output: '| true' },
    { kind: 'output that nobody reads', words: ['man'], output: '| head -c 1 > /dev/null' },
    { kind: 'its output closed', words: ['--help'], output: '>&- 2>&-' },
    {
      kind: 'few open files allowed',
      before: 'ulimit -n 24;',
      words: [...serve, path.join(home, 'any')],
      mayRun: true,
    },
    { kind: 'few open files allowed', before: 'ulimit -n 20;', words: ['status', '--profile', path.join(home, 'any')] },
    { kind: 'words it does not know', words: ['nonsense', '\u001b[31m'] },
    { kind: 'words it does not know', words: ['serve', '--port', '1e400'] },
  ]
}

/**
 * However it is started, it explains in a sentence what is wrong, or runs; it never prints a stack trace and never
 * hangs.
 */
export const startOddly = async ({ machine, tally }: Scene): Promise<void> => {
  for (const start of starts(machine.home)) {
    const { kind, words, env = {}, before = '', output = '', mayRun = false } = start
    const command = [process.execPath, builtProgram, ...words].map((word) => `'${word}'`).join(' ')
    const child = spawn('bash', ['-c', `exec 2>&1; ${before} ${command} ${output}`], {
      cwd: machine.home,
      env: { ...machine.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const end = (): void => void process.kill(-(child.pid ?? 0), 'SIGKILL')
    const timer = setTimeout(end, longest)
    let isReady = false
    child.stdout.on('data', (chunk: Buffer) => {
      if (!mayRun || !chunk.includes('ready http')) return
      isReady = true
      end()
    })
    const [said] = await Promise.all([readAll(child.stdout), new Promise((resolve) => child.once('exit', resolve))])
    clearTimeout(timer)
    tally.inject(`started with ${kind}`)
    if (!isReady && child.signalCode !== null)
      tally.lose('settings', `${kind}: no end (${words.join(' ').slice(0, 60)})`)
    if (/^\s+at .*:\d+/m.test(said)) tally.lose('settings', `${kind}: a stack trace`)
  }
}
