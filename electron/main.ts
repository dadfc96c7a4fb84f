import { homedir } from 'node:os'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { app, crashReporter, dialog, Menu, nativeTheme, protocol, Tray } from 'electron'
import type { Failure } from '../common/contract/failure.ts'
import type { TextKey, TextValues, Translate } from '../common/i18n/i18n.ts'
import { callInstance } from '../engine/control/call-instance.ts'
import { claimProfile } from '../engine/control/claim-profile.ts'
import { controlPath } from '../engine/control/control-path.ts'
import { watchForCrash } from '../engine/diagnosis/watch-for-crash.ts'
import { systemClock } from '../engine/ports/clock.ts'
import { openLogFile } from '../engine/storage/log-file.ts'
import {
  crashFolder,
  defaultProfile,
  logFolder,
  openProfile,
  stateFolder,
  wholePath,
} from '../engine/storage/profile.ts'
import { openStateFiles, type StateFiles } from '../engine/storage/state-files.ts'
import { areTooLong, type CommandLine, helpText, readCommandLine, type StartAction } from './command-line.ts'
import type { OnFurtherStart, RunningShell } from './compose.ts'
import { appIcon, iconFile } from './icon-file.ts'
import { createDeepLinks, findUrl, listenForUrls, type SecondStart } from './links/deep-links.ts'
import { removeSingletonFolder, singletonFolder } from './system/singleton-folder.ts'
import { tunePages } from './system/tune-v8.ts'
import { wasOpenedAtLogin } from './system/was-opened-at-login.ts'
import { panelOf, trayImage } from './tray/tray-image.ts'
import { appName, appVersion } from './version.ts'
import { appSchemes } from './window/app-scheme.ts'
import { applyGraphics, createGraphics, type Graphics } from './window/graphics.ts'

// How the desktop shell starts: it reads the command line, then claims the profile or forwards to the instance that has
// it. The tray icon comes before everything else: texts, engine and the rest of the shell are loaded once it is there.

/** Windows ties notifications and the taskbar to this id; the installer's shortcut must have the same one. */
const appId = 'io.github.discourse-notifier'

/**
 * How long Electron takes to register the icon with a Linux panel while its main thread is free, in milliseconds: it
 * makes two calls on the session bus first. Loading what comes next keeps that thread busy for longer.
 */
const trayTime = 30

const { platform } = process
const links = createDeepLinks()
/** What later starts asked for before it could be done; the last one counts, and undefined means none. */
let pendingAction: StartAction | null | undefined
let onFurtherStart: OnFurtherStart = (action) => {
  pendingAction = action
}
/** How to end what has been started so far. */
let started: Pick<RunningShell, 'stop' | 'removeFromDesktop'> = {
  stop: async () => undefined,
  removeFromDesktop: () => undefined,
}

/** What is known at start-up before the profile is claimed. */
interface Beginning {
  readonly profile: string
  readonly isDefaultProfile: boolean
  readonly commandLine: CommandLine
  readonly url: string | undefined
  readonly files: StateFiles
  readonly graphics: Graphics
}

/** Everything that has to happen before Electron is ready. It awaits nothing, except to say why the program ends. */
const begin = async (): Promise<void> => {
  const args = process.argv.slice(1)
  const commandLine = readCommandLine(args)
  if (commandLine === undefined) {
    return await end(usageFailure('usage.valueMissing', { option: '--profile DIR' }))
  }
  if (commandLine.prints !== undefined) {
    process.stdout.write(`${commandLine.prints === 'version' ? appVersion : helpText}\n`)
    app.exit(0)
    return
  }
  if (platform === 'linux' && areTooLong(args)) {
    return await end(usageFailure('usage.tooLong'))
  }
  const standardProfile = defaultProfile(platform, process.env, homedir())
  const named = wholePath(commandLine.profile ?? standardProfile)
  if (!named.ok) return await end(named.failure)
  const profile = named.value
  const sessionData = path.join(profile, 'electron')
  const folders = [profile, sessionData].map(openProfile)
  const refused = folders.find((opened) => !opened.ok)
  if (refused?.ok === false) return await end(refused.failure)
  const onCrash = watchForOwnCrash(logFolder(profile))
  app.setName(appName)
  // The single-instance lock belongs to the folder, so that a second profile can run beside the first.
  app.setPath('userData', profile)
  app.setPath('sessionData', sessionData)
  // Before a further start ends: Electron's own folder would be a second one in the profile.
  app.setPath('crashDumps', crashFolder(profile))
  const url = findUrl(args, platform)
  const start: SecondStart = { url: url ?? null, isHidden: commandLine.isHidden, action: commandLine.action ?? null }
  const former = singletonFolder(profile)
  if (!app.requestSingleInstanceLock(start)) {
    app.quit()
    return
  }
  if (former !== undefined && former !== singletonFolder(profile)) removeSingletonFolder(former)
  if (url !== undefined) links.receive(url)
  listenForUrls(app, links, (action) => onFurtherStart(action))
  protocol.registerSchemesAsPrivileged(appSchemes)
  // Crash dumps stay on this computer (engine/storage/crash-dumps.ts).
  crashReporter.start({ uploadToServer: false })
  // macOS needs a menu; see application-menu.ts.
  if (platform !== 'darwin') Menu.setApplicationMenu(null)
  if (platform === 'win32') app.setAppUserModelId(appId)
  const files = openStateFiles(stateFolder(profile))
  const graphics = createGraphics({ files, version: process.versions.electron ?? '' })
  applyGraphics(app, graphics)
  tunePages(app)
  const isDefaultProfile = profile === path.resolve(standardProfile)
  void app
    .whenReady()
    .then(() => run({ profile, isDefaultProfile, commandLine, url, files, graphics }))
    .catch(onCrash)
}

/**
 * Watches for errors that nobody caught, which end the program by the same rule as the headless notifier.
 * @param folder where the log is
 */
const watchForOwnCrash = (folder: string): ((error: unknown) => void) => {
  let hasStopped = false
  const stopAndTell = async (): Promise<void> => {
    const { endAfterCrash } = await import('./system/end-after-crash.ts')
    await endAfterCrash({
      ...{ ...started, app, dialog, folder },
      onStopped: () => {
        hasStopped = true
      },
    })
  }
  return watchForCrash({
    log: openLogFile({ folder, clock: systemClock }),
    end: () => void stopAndTell(),
    endNow: () => {
      if (!hasStopped) process.kill(process.pid, 'SIGKILL')
    },
  })
}

/** What is wrong with the command line, in words that the language of the end has. */
const usageFailure =
  (reason: TextKey, values?: TextValues) =>
  (t: Translate): Failure => ({ code: 'usage', params: { reason: t(reason, values), help: '--help' } })

/** Says why the program ends. Before `ready` Electron would print it with a terminal's colours, even into a file. */
const end = async (failure: Failure | ((t: Translate) => Failure)): Promise<void> => {
  const { failureText } = await import('./failure-text.ts')
  const sentence = await failureText(failure, app.getPreferredSystemLanguages())
  if (platform === 'linux' && !app.isReady()) process.stderr.write(`${sentence}\n`)
  else dialog.showErrorBox(appName, sentence)
  app.exit(1)
}

const run = async ({ url, ...beginning }: Beginning): Promise<void> => {
  const { profile, commandLine } = beginning
  const claimed = await claimProfile(controlPath(profile))
  if (!claimed.ok) return await end(claimed.failure)
  const claim = claimed.value
  if (claim === undefined) {
    await forward(profile, url, commandLine.isHidden)
    app.quit()
    return
  }
  started = { ...started, stop: claim.release }
  const image = iconFile('tray', trayImage('idle', panelOf(nativeTheme), platform))
  const tray = new Tray(image)
  started = { ...started, removeFromDesktop: () => tray.destroy() }
  if (platform === 'linux') await delay(trayTime)
  const { compose } = await import('./compose.ts')
  const composed = await compose({ ...beginning, claim, links, existingTray: { tray, image } })
  if (!composed.ok) return await end(composed.failure)
  started = composed.value
  onFurtherStart = composed.value.onFurtherStart
  if (pendingAction !== undefined) onFurtherStart(pendingAction)
}

/** Forwards this start to the headless shell, which has claimed the profile. */
const forward = async (profile: string, url: string | undefined, isHidden: boolean): Promise<void> => {
  const [{ createDialogs }, { forwardToRunningInstance }, { createLanguage }] = await Promise.all([
    import('./surfaces/dialogs.ts'),
    import('./system/forward-to-running-instance.ts'),
    import('../engine/preferences/language.ts'),
  ])
  const language = createLanguage(() => app.getPreferredSystemLanguages())
  await language.follow('system')
  await forwardToRunningInstance({
    call: (call) => callInstance(controlPath(profile), call),
    url,
    isUnasked: isHidden || wasOpenedAtLogin(app, platform),
    dialogs: createDialogs(dialog, language.t, appIcon, app.getPath('documents'), systemClock),
    t: language.t,
  })
}

await begin()
