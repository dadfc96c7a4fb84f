import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { CommandInput, CommandName } from '../../../common/contract/commands.ts'
import { fail, type Result } from '../../../common/contract/failure.ts'
import type { SignInMethod } from '../../../common/contract/sign-in-method.ts'
import { type Snapshot, snapshotSchema } from '../../../common/contract/snapshot.ts'
import { callInstance } from '../../../engine/control/call-instance.ts'
import { controlPath } from '../../../engine/control/control-path.ts'
import type { ControlCall } from '../../../engine/control/control-protocol.ts'
import { vaultItem } from '../../../engine/storage/profile.ts'
import { openProfileId } from '../../../engine/storage/profile-id.ts'
import { noSecrets, readSecrets, type Secrets } from '../../../engine/storage/secrets.ts'
import { type Keyring, startKeyring } from '../../e2e/keyring.ts'
import { removeHome } from '../../rig/remove-home.ts'

/** The built program. */
export const builtProgram = fileURLToPath(new URL('../../../dist/headless/cli.js', import.meta.url))

/** How long to wait for a condition, in milliseconds. */
export const conditionTimeout = 90_000

/** What `begin` answers to a terminal. */
const begunSchema = v.object({ attempt: v.string(), authorizeUrl: v.string(), userCode: v.nullable(v.string()) })
type Begun = v.InferOutput<typeof begunSchema>

/** How a run of the program ended. */
export interface ProgramEnd {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  /** How long it had run, in seconds. */
  readonly seconds: number
  /** The last part of what it printed on standard error and, where it ended by itself, the errors in its log. */
  readonly lastErrors: string
}

/** A home with a keyring of its own, and the built program in it, to be started and killed again and again. */
export interface Machine {
  readonly home: string
  /** Where the program is told its profile is. */
  profile: string
  readonly keyring: Keyring
  readonly env: NodeJS.ProcessEnv
  /** Starts the program and waits until it is ready. @throws when it ends instead */
  start(options?: StartOptions): Promise<void>
  /** Kills it, as a power cut or the kernel would. */
  kill(): Promise<void>
  /** Makes it exit normally. */
  quit(): Promise<void>
  /** Makes it end in another way. */
  endBy(ask: () => void): Promise<ProgramEnd>
  /** How it ended whenever nobody had made it end, after it had been ready. */
  unaskedEnds(): readonly ProgramEnd[]
  pid(): number
  /** The address of its page, with the token. */
  url(): string
  call(call: ControlCall): Promise<Result<unknown>>
  run<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<unknown>>
  begin(address: string, method: SignInMethod): Promise<Begun>
  snapshot(): Promise<Snapshot>
  /** Waits for a snapshot that fits. @throws with `what` when there is none in time */
  until(what: string, fits: (snapshot: Snapshot) => boolean): Promise<Snapshot>
  /** What the keychain holds. */
  secrets(): Promise<Secrets>
  /** Everything that was printed by all of its runs. */
  said(): string
  /** Everything that others could read: what was printed, files of the profile, arguments and environments. */
  left(): readonly string[]
  stop(): Promise<void>
}

export interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** A program that starts the other. */
  readonly wrap?: readonly string[]
}

export const startMachine = async (): Promise<Machine> => {
  const home = mkdtempSync(path.join(tmpdir(), 'notifier-faults-'))
  const keyring = await startKeyring(home)
  const { DISPLAY: _, NODE_EXTRA_CA_CERTS: __, ...rest } = process.env
  const env: NodeJS.ProcessEnv = {
    ...rest,
    ...{ HOME: home, XDG_DATA_HOME: `${home}/data`, XDG_CONFIG_HOME: `${home}/config`, XDG_RUNTIME_DIR: home },
    ...keyring.env,
    ...{ NO_PROXY: '*', LC_ALL: 'C.UTF-8' },
  }
  const printed: string[] = []
  const seen = new Set<string>()
  const unasked: ProgramEnd[] = []
  let child: ChildProcess | undefined
  let ended: Promise<ProgramEnd> | undefined
  let isAsked = false
  let url = ''

  /** Arguments and environment of a process, as others of the same user see them. */
  const look = (pid: number | undefined): void => {
    for (const name of ['cmdline', 'environ']) {
      const file = `/proc/${pid}/${name}`
      if (existsSync(file)) seen.add(readIfThere(file))
    }
  }

  const endBy = async (ask: () => void): Promise<ProgramEnd | undefined> => {
    isAsked = true
    if (child?.exitCode === null && child.signalCode === null) ask()
    return await ended
  }

  const machine: Machine = {
    ...{ home, profile: path.join(home, 'profile'), keyring, env },
    start: async ({ args = [], env: more = {}, wrap = [] } = {}) => {
      const words = [builtProgram, 'serve', '--profile', machine.profile, '--no-open', '--interval', '5', ...args]
      const [program = '', ...rest] = [...wrap, process.execPath, ...words]
      const started = spawn(program, rest, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      ended = endOf(started)
      isAsked = false
      let isReady = false
      void ended.then((end) => {
        printed.push(`[ended with ${end.status ?? end.signal}]\n`)
        if (isReady && !isAsked) unasked.push({ ...end, lastErrors: end.lastErrors + loggedErrors(machine.profile) })
      })
      url = await readyUrl(started, (text) => printed.push(text))
      isReady = true
      look(started.pid)
    },
    kill: async () => void (await endBy(() => void child?.kill('SIGKILL'))),
    quit: async () => void (await endBy(() => void machine.call({ call: 'quit' }))),
    endBy: async (ask) => {
      const end = await endBy(ask)
      if (end === undefined) throw new Error('it was not started')
      return end
    },
    unaskedEnds: () => unasked,
    pid: () => child?.pid ?? 0,
    url: () => url,
    call: (call) => callInstance(controlPath(machine.profile), call),
    run: (name, input) => machine.call({ call: 'command', name, input }),
    begin: (address, method) => beginSignIn(machine.call, address, method),
    snapshot: async () => {
      const answer = await machine.call({ call: 'snapshot' })
      if (!answer.ok) throw new Error(`snapshot: ${JSON.stringify(answer.failure)}`)
      return v.parse(snapshotSchema, answer.value)
    },
    until: async (what, fits) => {
      const since = performance.now()
      for (;;) {
        const snapshot = await machine.snapshot()
        if (fits(snapshot)) return snapshot
        if (performance.now() - since > conditionTimeout) throw new Error(`${what}: ${JSON.stringify(shown(snapshot))}`)
        await delay(50)
      }
    },
    secrets: async () => {
      const item = vaultItem(openProfileId(machine.profile).id)
      const text = await keyring.read(item)
      if (text === null) return noSecrets()
      const read = readSecrets(text, item)
      if (!read.ok) throw new Error(`the keychain: ${JSON.stringify(read.failure)}`)
      return read.value
    },
    said: () => printed.join(''),
    left: () => [machine.said(), ...seen, ...textsBelow(home, path.join(home, 'data'))],
    stop: async () => {
      await machine.kill()
      await keyring.stop()
      await removeHome(home)
    },
  }
  mkdirSync(machine.profile, { mode: 0o700 })
  return machine
}

/** Begins a sign-in, and retries while the budget of requests makes it wait. */
export const beginSignIn = async (call: Machine['call'], address: string, method: SignInMethod): Promise<Begun> => {
  for (;;) {
    const answer = await call({ call: 'begin', address, method })
    if (answer.ok) return v.parse(begunSchema, answer.value)
    if (answer.failure.code !== 'paced') throw new Error(`begin: ${JSON.stringify(answer.failure)}`)
    await delay(1000)
  }
}

/** The answer of a call that a kill may cut off. */
export const orCutOff = (answer: Promise<Result<unknown>>): Promise<Result<unknown>> =>
  answer.catch(() => fail('not_running'))

/** The parts of a snapshot to print with a failure. */
const shown = ({ accounts, attempts, notices, vault }: Snapshot) => ({
  accounts: accounts.map(({ username, state, counts, items }) => ({
    username,
    state,
    total: counts?.total,
    rows: items?.length,
  })),
  attempts: attempts.map(({ state, method }) => ({ state, method })),
  ...{ notices, vault },
})

/** How much of standard error is kept, in characters. */
const lastErrorsLength = 2000

const endOf = (child: ChildProcess): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    const start = performance.now()
    let lastErrors = ''
    child.stderr?.on('data', (chunk: Buffer | string) => {
      lastErrors = (lastErrors + String(chunk)).slice(-lastErrorsLength)
    })
    child.once('close', (status, signal) =>
      resolve({ status, signal, seconds: Math.round((performance.now() - start) / 1000), lastErrors }),
    )
  })

const loggedErrors = (profile: string): string =>
  readIfThere(path.join(profile, 'log', 'notifier.log'))
    .split('\n')
    .filter((line) => line.includes('"level":"error"'))
    .join('\n')
    .slice(-lastErrorsLength)

const readyUrl = (child: ChildProcess, onText: (text: string) => void): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        onText(chunk)
        text += chunk
        const [, url] = /^ready (http\S+)$/m.exec(text) ?? []
        if (url !== undefined) resolve(url)
      })
    }
    child.once('error', reject)
    child.once('exit', (status, signal) => reject(new Error(`ended with ${status ?? signal}: ${text}`)))
  })

/** The texts of all files in a folder but those of the keyring itself. */
const textsBelow = (folder: string, butBelow: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(butBelow))
    .map((entry) => readIfThere(path.join(entry.parentPath, entry.name)))

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
