import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import {
  type CommandInput,
  type CommandName,
  type CommandResults,
  isCommandName,
} from '../../common/contract/commands.ts'
import type { Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { createHttp, type HttpStack } from '../../engine/discourse/http.ts'
import { createEngine, type Engine } from '../../engine/engine.ts'
import type { DesktopPorts, EngineOptions, StoragePorts } from '../../engine/engine-ports.ts'
import type { LinkHandler } from '../../engine/ports/link-handler.ts'
import type { Log } from '../../engine/ports/log.ts'
import type { DesktopNotification, PortOutcome } from '../../engine/ports/notification-port.ts'
import type { OpenAtLogin } from '../../engine/ports/open-at-login.ts'
import { type Random, systemRandom } from '../../engine/ports/random.ts'
import { createLanguage, type Language } from '../../engine/preferences/language.ts'
import { openSettingsFile, type SettingsStore } from '../../engine/storage/settings-file.ts'
import { openStateFiles, type StateFiles } from '../../engine/storage/state-files.ts'
import { createVault } from '../../engine/storage/vault.ts'
import type { Forum } from '../forum/forum.ts'
import { createFakeClock, type FakeClock, passTime } from './fake-clock.ts'
import { createMemoryKeychain, type MemoryKeychain } from './memory-keychain.ts'
import { propertySeed } from './property-seed.ts'
import { seededRandom } from './seeded-random.ts'
import { untilQuiet, type WatchedHttp, watchHttp } from './watched-http.ts'

/** An engine with everything real except the clock and the keychain, and access to what tests need. */
export interface EngineRig {
  engine: Engine
  language: Language
  readonly clock: FakeClock
  readonly keychain: MemoryKeychain
  readonly settingsPath: string
  /** Everything it has asked to be shown. */
  readonly alerts: DesktopNotification[]
  /** The sounds of our own that were played. */
  readonly played: Buffer[]
  /** What the engine has opened in the browser. */
  readonly opened: string[]
  /** Runs a command as a user interface would. */
  run<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandResults[Name]>>
  /** Resolves with the first snapshot that matches, starting with the present one. */
  until(fits: (snapshot: Snapshot) => boolean): Promise<Snapshot>
  /**
   * Lets time pass for engine and forums alike, from one timer to the next; nothing moves any more between two of them.
   */
  pass(milliseconds: number, forums: readonly Forum[]): Promise<void>
  /** Begins a sign-in, approves it on the forum as `user`, and passes the answer on. @returns the account's id */
  connect(forum: Forum, user: string, method?: SignInMethod): Promise<string>
  /** Ends this engine and starts another over the same settings and keychain. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Options of a rig. */
export interface RigOptions
  extends Pick<EngineOptions, 'policy'>,
    Pick<StoragePorts, 'logFolder' | 'crashes'>,
    Pick<DesktopPorts, 'openFolder'> {
  readonly sessionAgreed?: boolean
  /** The settings file's text before the first start. */
  readonly settings?: string
  readonly keychain?: MemoryKeychain
  /** Shared with the forums, so that time is the same for all. */
  readonly clock?: FakeClock
  /** The outcome of every notification; `shown` by default. */
  readonly outcome?: PortOutcome
  /** The system's without it. */
  readonly timeZone?: string
  /** Milliseconds a request may take. */
  readonly deadline?: number
  /** The shell's sign-in method besides the short code; redirect by default. */
  readonly defaultMethod?: 'redirect' | 'paste'
  readonly openAtLogin?: OpenAtLogin
  readonly linkHandler?: LinkHandler
  readonly log?: Log
  /** Whether the shell tells of the user, as desktops do: at first that they are here. True without it. */
  readonly isPresenceKnown?: boolean
  /** Fetches avatars and icons, into a folder beside the settings. */
  readonly hasImages?: boolean
  /** Without it identifiers are random, and jitter is the same in each run (`PROPERTY_SEED` in docs/testing.md). */
  readonly random?: Random
  /** Instead of real connections and real files. */
  readonly http?: HttpStack
  readonly files?: StateFiles
  /** Called with everything that is to be shown, at that moment. */
  readonly alerted?: () => void
}

/** The item name of the rig's vault. */
export const rigItem = 'profile test'

export const startEngineRig = async (options: RigOptions = {}): Promise<EngineRig> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notifier-test-'))
  const settingsPath = path.join(folder, 'settings.json')
  if (options.settings !== undefined) writeFileSync(settingsPath, options.settings)
  const clock = options.clock ?? createFakeClock()
  const keychain = options.keychain ?? createMemoryKeychain()
  const alerts: DesktopNotification[] = []
  const played: Buffer[] = []
  // Jitter that differs from run to run would make a test fail by chance, and the failure could not be repeated.
  const { random = { ...systemRandom, fraction: seededRandom(propertySeed).fraction } } = options
  const opened: string[] = []

  let http: WatchedHttp
  let language = createLanguage(() => [])
  const files = options.files ?? openStateFiles(path.join(folder, 'state'))

  const { policy, logFolder, crashes, openFolder } = options
  const start = async (): Promise<Engine> => {
    // Real time, unlike everything else here, so that nothing depends on how busy the machine is.
    const { deadline = 60_000 } = options
    const stack = options.http ?? createHttp({ userAgent: 'DiscourseNotifier/test', deadline })
    http = watchHttp(stack)
    language = createLanguage(() => [])
    const engine = createEngine({
      storage: {
        settings: openSettingsFile(settingsPath, () => fileStore(settingsPath), clock.now()),
        files,
        vault: createVault({
          openKeychain: async () => keychain,
          item: rigItem,
          sessionAgreed: options.sessionAgreed ?? false,
          clock,
        }),
        ...(options.hasImages === true ? { imageFolder: path.join(folder, 'images') } : {}),
        ...(logFolder === undefined ? {} : { logFolder }),
        ...(crashes && { crashes }),
      },
      network: { http, setNetwork: stack.setNetwork },
      desktop: {
        showNotification: async (notification) => {
          alerts.push(notification)
          options.alerted?.()
          return options.outcome ?? { kind: 'shown' }
        },
        defaultMethod: () => options.defaultMethod ?? 'redirect',
        openUrl: (url) => opened.push(url),
        playWav: async (wav) => void played.push(wav),
        openAtLogin: options.openAtLogin,
        linkHandler: options.linkHandler,
        ...(openFolder && { openFolder }),
      },
      system: {
        clock,
        random,
        ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
      },
      language,
      appVersion: 'test',
      interval: 60_000,
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(policy && { policy }),
    })
    if (options.isPresenceKnown !== false) engine.setPresence({ user: 'active' })
    await engine.start()
    return engine
  }

  const rig: EngineRig = {
    engine: await start(),
    language,
    clock,
    keychain,
    settingsPath,
    alerts,
    played,
    opened,
    run: async (name, input) => {
      const result = await rig.engine.execute(name, input)
      if (!isResultOf(name, result)) throw new Error(`${name} is not a command`)
      return result
    },
    until: (fits) => untilSnapshot(rig.engine, fits),
    pass: (milliseconds, forums) => passTime(clock, milliseconds, () => untilQuiet(http, files, forums)),
    connect: async (forum, user, method = 'redirect') => {
      const begun = expectOk(await rig.engine.begin(forum.url, method))
      const answer = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user })
      const text = method === 'redirect' ? answer.redirect : answer.payload
      const accepted = expectOk(await rig.run('attempt.accept', { text: text ?? '' }))
      await rig.until(({ accounts }) => accounts.find(({ id }) => id === accepted.account)?.state.kind === 'fresh')
      return accepted.account
    },
    restart: async () => {
      await rig.engine.stop()
      rig.engine = await start()
      rig.language = language
    },
    stop: async () => {
      await rig.engine.stop()
      rmSync(folder, { recursive: true })
    },
  }
  return rig
}

/** The value of a result that a test expects to be ok. */
export const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`unexpected failure ${JSON.stringify(result.failure)}`)
  return result.value
}

/** Resolves with the first snapshot that fits; the test runner's timeout ends a wait in vain. */
const untilSnapshot = (engine: Engine, fits: (snapshot: Snapshot) => boolean): Promise<Snapshot> =>
  new Promise((resolve) => {
    const look = (snapshot: Snapshot): boolean => {
      if (!fits(snapshot)) return false
      resolve(snapshot)
      return true
    }
    if (look(engine.snapshot())) return
    const unsubscribe = engine.subscribe((snapshot) => {
      if (look(snapshot)) unsubscribe()
    })
  })

/** What electron-store and conf do, as far as the engine uses it. */
const fileStore = (file: string): SettingsStore => ({
  get store() {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  },
  set store(value) {
    writeFileSync(file, JSON.stringify(value))
  },
})

/** The engine types results by all commands at once; which one it is follows from the name. */
const isResultOf = <Name extends CommandName>(
  name: Name,
  _result: Result<unknown>,
): _result is Result<CommandResults[Name]> => isCommandName(name)
