import { homedir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, clipboard, session, utilityProcess } from 'electron'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import { createPlayWav } from '../engine/alerts/play-wav.ts'
import { createHttp } from '../engine/discourse/http.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { administrator, policyFile, readPolicy } from '../engine/policy/policy.ts'
import { systemClock } from '../engine/ports/clock.ts'
import type { Log } from '../engine/ports/log.ts'
import type { NotificationPort } from '../engine/ports/notification-port.ts'
import { systemRandom } from '../engine/ports/random.ts'
import type { Language } from '../engine/preferences/language.ts'
import { openCrashDumps } from '../engine/storage/crash-dumps.ts'
import { openSystemKeychain, refuseKeychain } from '../engine/storage/keychain/system-keychain.ts'
import { createTrackedKeychain } from '../engine/storage/keychain/tracked-keychain.ts'
import { openLogFile } from '../engine/storage/log-file.ts'
import { crashFolder, imageFolder, logFolder, stateFolder, vaultItem } from '../engine/storage/profile.ts'
import type { SettingsFile } from '../engine/storage/settings-file.ts'
import type { StateFiles } from '../engine/storage/state-files.ts'
import { createVault } from '../engine/storage/vault.ts'
import { createKeychainCall } from './keychain/call-keychain.ts'
import { createLinkHandler } from './links/link-handler.ts'
import { createOpenAtLogin } from './system/open-at-login.ts'
import { createAppUpdates } from './updates/app-updates.ts'
import type { Updates } from './updates/updates.ts'
import { appVersion, userAgent } from './version.ts'

/** Milliseconds between two questions about one account. */
const interval = 60_000

/** What the desktop's engine is made with, besides what Electron and the system supply. */
export interface DesktopEngineOptions {
  readonly profile: string
  /** Starting at login and forums' links are for the usual profile only. */
  readonly isDefaultProfile: boolean
  readonly isWithoutKeychain: boolean
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly show: NotificationPort
  readonly openUrl: (url: string) => void
  readonly desktopFacts: () => readonly DesktopFact[]
  readonly openFolder: (folder: string) => Promise<boolean>
  readonly language: Language
}

/** The engine, and what ends or begins with it. */
export interface DesktopEngine {
  readonly engine: Engine
  readonly updates: Updates
  /** Whether the keychain is thinking about something. */
  readonly isKeychainBusy: () => boolean
  readonly log: Log
}

/** The engine on Electron's facilities: its word on proxies, a process for the keychain, its updater, login items, links. */
export const openDesktopEngine = (options: DesktopEngineOptions): DesktopEngine => {
  const {
    profile,
    isDefaultProfile,
    isWithoutKeychain,
    settings,
    files,
    show,
    openUrl,
    openFolder,
    desktopFacts,
    language,
  } = options
  const { platform, execPath, env: environment } = process
  const script = process.defaultApp ? fileURLToPath(import.meta.url) : undefined
  const ours = { app, platform, environment, home: homedir(), execPath, script }
  const linkHandler = isDefaultProfile ? createLinkHandler({ ...ours, appName: language.t('app.name') }) : undefined
  const policy = readPolicy(policyFile(platform), administrator)
  const http = createHttp({
    userAgent,
    resolveProxy: (address) => session.defaultSession.resolveProxy(address),
    environment,
    forcedProxy: policy.proxy,
  })
  const keychainChild = path.join(path.dirname(fileURLToPath(import.meta.url)), 'keychain-child.js')
  const callKeychain = createKeychainCall(
    () => utilityProcess.fork(keychainChild, [], { serviceName: 'Keychain', stdio: 'ignore' }),
    systemClock,
  )
  const keychain = createTrackedKeychain(() => openSystemKeychain(callKeychain))
  const updates = createAppUpdates({
    ...{ app, platform, environment, execPath, policy },
    clock: systemClock,
    choice: () => engine.snapshot().preferences.general.updates,
    notice: (failure) => engine.notice(failure),
  })
  const log = openLogFile({ folder: logFolder(profile), clock: systemClock })
  const engine = createEngine({
    storage: {
      settings,
      files,
      vault: createVault({
        openKeychain: isWithoutKeychain ? refuseKeychain : keychain.open,
        item: vaultItem(profile),
        sessionAgreed: isWithoutKeychain,
        clock: systemClock,
      }),
      imageFolder: imageFolder(profile),
      logFolder: logFolder(profile),
      crashes: openCrashDumps({ folder: crashFolder(profile), clock: systemClock }),
    },
    network: { http, setNetwork: http.setNetwork },
    desktop: {
      showNotification: show,
      defaultMethod: () => linkHandler?.defaultMethod() ?? 'paste',
      openUrl,
      playWav: createPlayWav(stateFolder(profile)),
      openAtLogin: isDefaultProfile ? createOpenAtLogin(ours) : undefined,
      linkHandler,
      facts: desktopFacts,
      openFolder,
      copyText: (text) => clipboard.writeText(text),
      readClipboard: () => clipboard.readText(),
      downloadUpdate: updates.download,
    },
    system: { clock: systemClock, random: systemRandom },
    language,
    appVersion,
    interval,
    log,
    policy,
  })
  return { engine, updates, isKeychainBusy: keychain.isBusy, log }
}
