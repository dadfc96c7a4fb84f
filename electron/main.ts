import { homedir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  autoUpdater,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron'
import Store from 'electron-store'
import type { Failure } from '../common/failure.ts'
import { windowTitle } from '../common/glance.ts'
import { failureSentence } from '../common/i18n.ts'
import { createActivate, createOpenAccount } from '../engine/alerts/activate-message.ts'
import { createPlayWav } from '../engine/alerts/play-wav.ts'
import { atMostEvery } from '../engine/at-most-every.ts'
import { createEndingClock, systemClock } from '../engine/clock.ts'
import { createAnswerControl } from '../engine/control/answer-control.ts'
import { callInstance } from '../engine/control/call-instance.ts'
import { type Claim, claimProfile } from '../engine/control/claim-profile.ts'
import { controlPath } from '../engine/control/control-path.ts'
import { createBusctl } from '../engine/desktop/busctl.ts'
import { desktopIsQuiet } from '../engine/desktop/desktop-is-quiet.ts'
import { watchSystemQuiet } from '../engine/desktop/watch-system-quiet.ts'
import { createHttp } from '../engine/discourse/http.ts'
import { createEngine } from '../engine/engine.ts'
import { createLanguage } from '../engine/language.ts'
import { watchNetwork } from '../engine/network/watch-network.ts'
import { readPageFiles } from '../engine/page/page-files.ts'
import { administrator, policyFile, readPolicy } from '../engine/policy/policy.ts'
import { systemRandom } from '../engine/random.ts'
import { openCrashDumps } from '../engine/storage/crash-dumps.ts'
import { openLogFile } from '../engine/storage/log-file.ts'
import {
  crashFolder,
  defaultProfile,
  imageFolder,
  logFolder,
  openProfile,
  settingsName,
  stateFolder,
  vaultItem,
} from '../engine/storage/profile.ts'
import { openProfileSettings, type SettingsFile } from '../engine/storage/settings-file.ts'
import { openStateFiles } from '../engine/storage/state-files.ts'
import { openSystemKeychain, refuseKeychain } from '../engine/storage/system-keychain.ts'
import { createVault } from '../engine/storage/vault.ts'
import { createAcceptUrl } from './accept-url.ts'
import { appSchemes, serveApp } from './app-scheme.ts'
import { applicationMenu } from './application-menu.ts'
import { createBadge } from './badge.ts'
import { createKeychainCall } from './call-keychain.ts'
import { type CommandLine, helpText, readCommandLine } from './command-line.ts'
import { createDeepLinks, findUrl, listenForUrls, type SecondStart } from './deep-links.ts'
import { takeUpEarlierNotifications } from './earlier-notifications.ts'
import { handOver } from './hand-over.ts'
import { connectIpc } from './ipc.ts'
import { createNotifications } from './notifications.ts'
import { createOpenAtLogin, wasOpenedAtLogin } from './open-at-login.ts'
import { createOpenLink } from './open-link.ts'
import { createOwnUpdates } from './own-updates.ts'
import { denyPermissions } from './permissions.ts'
import { watchPresence } from './presence.ts'
import { createProtocolRegistration } from './protocol-registration.ts'
import { quitInOrder } from './quit.ts'
import { createTrayIcon } from './tray.ts'
import { panelOf } from './tray-image.ts'
import { appVersion, userAgent } from './version.ts'
import { createAppWindow, windowOptions } from './window.ts'

// The desktop shell's composition root: reads the command line, puts the parts together, and decides nothing else.

/** Milliseconds between two questions about one account. */
const interval = 60_000
/** The least time between two looks of tray, badge and title, in milliseconds: a menu of many accounts takes its time. */
const glanceInterval = 500
/** Windows ties notifications and the task bar to it; the installer's shortcut has to carry the same. */
const appId = 'io.github.discourse-notifier'

const { platform } = process
const language = createLanguage(() => app.getPreferredSystemLanguages())
const { t } = language
const links = createDeepLinks()
const menu = applicationMenu(platform)
const fromDist = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const icon = (name: string): string => path.join(fromDist('../icons'), name)
/** Before there is a window, a wish to see it is kept for when there is one. */
let isAwaited = false
let wake = (): void => {
  isAwaited = true
}

/** Everything that has to happen before Electron is ready; nothing here may wait. */
const begin = (): void => {
  const args = process.argv.slice(1)
  const commandLine = readCommandLine(args)
  if (commandLine === undefined) {
    end({ code: 'usage', params: { reason: 'The option --profile takes a folder.' } })
    return
  }
  if (commandLine.asks !== undefined) {
    process.stdout.write(`${commandLine.asks === 'version' ? appVersion : helpText}\n`)
    app.exit(0)
    return
  }
  const usualProfile = defaultProfile(platform, process.env, homedir())
  const profile = path.resolve(commandLine.profile ?? usualProfile)
  const sessionData = path.join(profile, 'electron')
  const opened = openProfile(sessionData)
  if (!opened.ok) {
    end(opened.failure)
    return
  }
  app.setName(t('app.name'))
  // The lock belongs to the folder, so that a second profile can run beside the first.
  app.setPath('userData', profile)
  app.setPath('sessionData', sessionData)
  const url = findUrl(args, platform)
  const start: SecondStart = { url: url ?? null, isHidden: commandLine.isHidden }
  if (!app.requestSingleInstanceLock(start)) {
    app.quit()
    return
  }
  if (url !== undefined) links.receive(url)
  listenForUrls(app, links, () => wake())
  protocol.registerSchemesAsPrivileged(appSchemes)
  // What a crash leaves behind stays on this computer (engine/storage/crash-dumps.ts).
  app.setPath('crashDumps', crashFolder(profile))
  crashReporter.start({ uploadToServer: false })
  if (menu === null) Menu.setApplicationMenu(null)
  if (platform === 'win32') app.setAppUserModelId(appId)
  app
    .whenReady()
    .then(() => run(profile, profile === path.resolve(usualProfile), commandLine, url))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      end({ code: 'internal' })
    })
}

const end = (failure: Failure): void => {
  dialog.showErrorBox(t('app.name'), failureSentence(t, failure))
  app.exit(1)
}

const run = async (
  profile: string,
  isUsualProfile: boolean,
  commandLine: CommandLine,
  url: string | undefined,
): Promise<void> => {
  const [claimed] = await Promise.all([claimProfile(controlPath(profile)), language.follow('system')])
  if (!claimed.ok) {
    end(claimed.failure)
    return
  }
  const claim = claimed.value
  if (claim === undefined) {
    const message = await handOver((call) => callInstance(controlPath(profile), call), url, t)
    await dialog.showMessageBox({ type: 'info', title: t('app.name'), message })
    app.quit()
    return
  }
  const settings = openProfileSettings(profile, () => openStore(profile), Date.now())
  if (settings.ok) compose(profile, isUsualProfile, commandLine, claim, settings.value)
  else end(settings.failure)
}

const compose = (
  profile: string,
  isUsualProfile: boolean,
  commandLine: CommandLine,
  claim: Claim,
  settings: SettingsFile,
): void => {
  if (menu !== null) Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
  const script = process.defaultApp ? fileURLToPath(import.meta.url) : undefined
  const { execPath, env: environment } = process
  const registration = createProtocolRegistration({ app, platform, execPath, script, isUsualProfile })
  let clickTakenAt = 0
  const showMessage = createNotifications({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    activate: (...click) => {
      clickTakenAt = systemClock.now()
      activate(...click)
    },
    clock: systemClock,
  })
  const policy = readPolicy(policyFile(platform), administrator)
  const http = createHttp({
    userAgent,
    resolveProxy: (address) => session.defaultSession.resolveProxy(address),
    environment: process.env,
    forcedProxy: policy.proxy,
  })
  const callKeychain = createKeychainCall(
    () => utilityProcess.fork(fromDist('./keychain-child.js'), [], { serviceName: 'Keychain', stdio: 'ignore' }),
    systemClock,
  )
  const updates = createOwnUpdates({
    app,
    platform,
    policy,
    clock: systemClock,
    choice: () => engine.snapshot().preferences.general.updates,
    notice: (failure) => engine.notice(failure),
  })
  const engine = createEngine({
    settings,
    files: openStateFiles(stateFolder(profile)),
    vault: createVault({
      openKeychain: commandLine.isWithoutKeychain ? refuseKeychain : () => openSystemKeychain(callKeychain),
      item: vaultItem(profile),
      sessionAgreed: commandLine.isWithoutKeychain,
      clock: systemClock,
    }),
    http,
    setNetwork: http.setNetwork,
    clock: systemClock,
    random: systemRandom,
    language,
    appVersion,
    interval,
    usualMethod: registration.usualMethod,
    show: showMessage,
    log: openLogFile({ folder: logFolder(profile), clock: systemClock }),
    openAtLogin: isUsualProfile
      ? createOpenAtLogin({ app, platform, environment, home: homedir(), execPath, script })
      : undefined,
    imageFolder: imageFolder(profile),
    playWav: createPlayWav(stateFolder(profile)),
    logFolder: logFolder(profile),
    crashes: openCrashDumps({ folder: crashFolder(profile), clock: systemClock }),
    openFolder: async (folder) => (await shell.openPath(folder)) === '',
    openUrl: (url) => openLink(url),
    copyText: (text) => clipboard.writeText(text),
    policy,
    downloadUpdate: updates.download,
  })
  // Nobody to tell: the system shows its own words when it has no browser.
  const openLink = createOpenLink({
    engine,
    openExternal: (url) => void shell.openExternal(url).catch(() => undefined),
  })
  const openAccount = createOpenAccount({ openLink, engine })
  const window = createAppWindow({
    create: () => new BrowserWindow(windowOptions(fromDist('./preload.cjs'), icon(path.join('app', '256x256.png')))),
    clock: systemClock,
    openLink,
    title: () => windowTitle(t, engine.snapshot()),
  })
  const showWindow = (): void => window.show()
  const activate = createActivate({ engine, openAccount, openApp: showWindow })
  const showAndTell = (): null => {
    showWindow()
    return null
  }
  const showTray = createTrayIcon<Menu>({
    createTray: (image) => new Tray(image),
    buildMenu: (entries) => Menu.buildFromTemplate(entries),
    imagePath: (name) => icon(path.join('tray', name)),
    platform,
    panel: () => panelOf(nativeTheme, platform, process.env['XDG_CURRENT_DESKTOP']),
    now: systemClock.now,
    t,
    actions: {
      open: showWindow,
      add: () => window.show('add'),
      refresh: () => void engine.execute('account.refresh', {}),
      pause: (choice) => void engine.execute('quiet.pause', { for: choice }),
      resume: () => void engine.execute('quiet.resume', {}),
      quit: () => app.quit(),
      openAccount,
    },
    toggleWindow: window.toggle,
  })
  const showBadge = createBadge(app)
  const show = (): void => {
    const snapshot = engine.snapshot()
    showTray(snapshot)
    showBadge(snapshot)
    window.setTitle(windowTitle(t, snapshot))
  }

  denyPermissions(session.defaultSession)
  serveApp(protocol, () => readPageFiles(fromDist('../renderer')), engine.image)
  connectIpc({ ipc: ipcMain, window, engine, clock: systemClock })
  const watchClock = createEndingClock(systemClock)
  watchPresence({ power: powerMonitor, engine, clock: watchClock })
  watchNetwork({ clock: watchClock, onChange: engine.networkChanged })
  // Neither macOS nor Windows tells programs; they hold back what is shown by themselves.
  if (platform === 'linux') {
    const { readProperty } = createBusctl(environment)
    void watchSystemQuiet({ engine, clock: watchClock, ask: () => desktopIsQuiet(environment, readProperty) })
  }
  quitInOrder(app, async () => {
    window.letClose()
    watchClock.end()
    await engine.stop()
    await claim.release()
  })
  claim.answerWith(createAnswerControl({ engine, show: showAndTell, quit: () => app.quit() }))
  engine.subscribe(atMostEvery(systemClock, glanceInterval, show))
  nativeTheme.on('updated', () => showTray(engine.snapshot()))
  app.on('activate', showWindow)
  // macOS closes the windows before it asks whether it may quit for an update.
  autoUpdater.on('before-quit-for-update', window.letClose)
  registration.register()
  show()
  wake = showWindow
  if (isAwaited || !(commandLine.isHidden || wasOpenedAtLogin(app, platform))) showWindow()
  updates.start()
  const takenAt = (): number => clickTakenAt
  void takeUpEarlierNotifications({ platform, history: Notification, takenAt, openApp: showWindow, clock: systemClock })
  const tell = (body: string): void =>
    void showMessage({ tag: 'sign-in', title: t('app.name'), body, silent: false, actions: [] })
  // Opening the keychain may take long; an answer from a forum can be read only after it.
  void engine.start().then(() => links.deliverTo(createAcceptUrl({ engine, showWindow, tell, t })))
}

/** Settings through electron-store, over the same file as the headless shell's. */
const openStore = (profile: string) =>
  new Store<Record<string, unknown>>({
    cwd: profile,
    name: settingsName,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  })

begin()
