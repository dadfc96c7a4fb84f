import { homedir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, clipboard, session, shell, utilityProcess } from 'electron'
import Store from 'electron-store'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import type { Result } from '../common/contract/failure.ts'
import { openProfileEngine, type ProfileEngine } from '../engine/open-profile-engine.ts'
import type { Policy } from '../engine/policy/policy.ts'
import { systemClock } from '../engine/ports/clock.ts'
import type { NotificationPort } from '../engine/ports/notification-port.ts'
import type { Language } from '../engine/preferences/language.ts'
import { openCrashDumps } from '../engine/storage/crash-dumps.ts'
import { crashFolder } from '../engine/storage/profile.ts'
import type { OpenStore } from '../engine/storage/settings-file.ts'
import type { StateFiles } from '../engine/storage/state-files.ts'
import { createKeychainCall } from './keychain/call-keychain.ts'
import { createLinkHandler } from './links/link-handler.ts'
import type { Dialogs } from './surfaces/dialogs.ts'
import { createOpenAtLogin } from './system/open-at-login.ts'
import type { Updates } from './updates/updates.ts'
import { appVersion, userAgent } from './version.ts'

/** Milliseconds between two checks of one account. */
const interval = 60_000

export interface DesktopEngineOptions {
  readonly profile: string
  /** Starting at login and forums' links are for the default profile only. */
  readonly isDefaultProfile: boolean
  readonly isWithoutKeychain: boolean
  readonly files: StateFiles
  readonly policy: Policy
  readonly language: Language
  readonly show: NotificationPort
  readonly updates: Updates
  /** What the desktop turned out not to support; grows and shrinks while the program runs. */
  readonly facts: ReadonlySet<DesktopFact>
  /** Opens an address that other users of the computer must not see in the system's browser. */
  readonly openPrivately: (url: string) => void
  readonly saveFile: Dialogs['saveFile']
}

/**
 * Opens the engine with what Electron provides: proxy resolution, a utility process for the keychain, login items,
 * links. Failures: those of `openProfileEngine`.
 */
export const openDesktopEngine = (options: DesktopEngineOptions): Promise<Result<ProfileEngine>> => {
  const { profile, isDefaultProfile, isWithoutKeychain, files, policy, language } = options
  const { show, updates, facts, openPrivately, saveFile } = options
  const { platform, execPath, env: environment } = process
  const script = process.defaultApp ? besideThis('start.js') : undefined
  const program = { app, platform, environment, home: homedir(), execPath, script }
  const linkHandler = isDefaultProfile ? createLinkHandler({ ...program, appName: language.t('app.name') }) : undefined
  return openProfileEngine(profile, {
    storage: {
      openStore,
      files,
      crashes: openCrashDumps({ folder: crashFolder(profile), clock: systemClock }),
    },
    secrets: { callKeychain, isWithoutKeychain, isSessionAgreed: isWithoutKeychain },
    network: { userAgent, resolveProxy: (address) => session.defaultSession.resolveProxy(address) },
    desktop: {
      showNotification: show,
      hasSound: true,
      defaultMethod: () => linkHandler?.defaultMethod() ?? 'paste',
      openUrl: openPrivately,
      openAtLogin: isDefaultProfile ? createOpenAtLogin(program) : undefined,
      linkHandler,
      facts: () => [...facts],
      openFolder: async (folder) => (await shell.openPath(folder)) === '',
      copyText: (text) => clipboard.writeText(text),
      readClipboard: () => clipboard.readText(),
      saveFile,
      downloadUpdate: updates.download,
    },
    ...{ policy, language, appVersion, interval },
  })
}

/** A file of the bundle, whichever chunk this code ends up in. */
const besideThis = (name: string): string => path.join(path.dirname(fileURLToPath(import.meta.url)), name)

const keychainChild = besideThis('keychain-child.js')

const openStore: OpenStore = (file) =>
  new Store<Record<string, unknown>>({
    cwd: path.dirname(file),
    name: path.parse(file).name,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  })

const callKeychain = createKeychainCall(
  () => utilityProcess.fork(keychainChild, [], { serviceName: 'Keychain', stdio: 'ignore' }),
  systemClock,
)
