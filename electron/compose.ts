import { fileURLToPath } from 'node:url'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import { ok, type Result } from '../common/contract/failure.ts'
import { windowTitle } from '../common/glance/glance.ts'
import { failureSentence, type Translate } from '../common/i18n/i18n.ts'
import { createNotificationActivation, createOpenAccount } from '../engine/alerts/notification-actions.ts'
import { createAnswerControl } from '../engine/control/answer-control.ts'
import type { Claim } from '../engine/control/claim-profile.ts'
import type { Engine } from '../engine/engine.ts'
import { createDesktopBus } from '../engine/linux/desktop-bus.ts'
import { privateRedirect } from '../engine/linux/private-redirect.ts'
import { readPageFiles } from '../engine/page/page-files.ts'
import { administrator, policyFile, readPolicy } from '../engine/policy/policy.ts'
import { createEndingClock, systemClock } from '../engine/ports/clock.ts'
import { createLanguage } from '../engine/preferences/language.ts'
import type { StateFiles } from '../engine/storage/state-files.ts'
import { type CommandLine, restartArguments, type StartAction } from './command-line.ts'
import { appIcon, iconFile } from './icon-file.ts'
import type { DeepLinks } from './links/deep-links.ts'
import { createOpenLink } from './links/open-link.ts'
import { createSubmitUrl } from './links/submit-url.ts'
import { openDesktopEngine } from './open-engine.ts'
import { showOnEverySurface } from './show-on-every-surface.ts'
import { openAlertTargets } from './surfaces/alert-targets.ts'
import { createDialogs, type Dialogs } from './surfaces/dialogs.ts'
import { createMarkAllRead } from './surfaces/mark-all-read.ts'
import { createNotifications } from './surfaces/notifications.ts'
import { handlePreviousNotifications } from './surfaces/previous-notifications.ts'
import { executablePath } from './system/executable-path.ts'
import { isWayland } from './system/is-wayland.ts'
import { logProcessDeaths } from './system/log-process-deaths.ts'
import { quitInOrder } from './system/quit.ts'
import { wasOpenedAtLogin } from './system/was-opened-at-login.ts'
import { createTrayIcon, type ExistingTray, type TrayIcon } from './tray/tray.ts'
import { screenForWindow, trayAnchor } from './tray/tray-anchor.ts'
import { panelOf } from './tray/tray-image.ts'
import type { TrayActions } from './tray/tray-menu.ts'
import { createAppUpdates } from './updates/app-updates.ts'
import { watchSystem } from './watch-system.ts'
import { serveApp } from './window/app-scheme.ts'
import type { Graphics } from './window/graphics.ts'
import { connectIpc } from './window/ipc.ts'
import { denyPermissions } from './window/permissions.ts'
import { type AppWindow, createAppWindow, windowOptions } from './window/window.ts'
import { openWindowSize, type WindowSize } from './window/window-size.ts'

/** What is known at start-up once the profile has been claimed. */
export interface Start {
  readonly profile: string
  readonly isDefaultProfile: boolean
  readonly commandLine: CommandLine
  readonly claim: Claim
  readonly files: StateFiles
  readonly graphics: Graphics
  readonly links: DeepLinks
  /** The icon that is already in the tray. */
  readonly existingTray: ExistingTray<Menu>
}

/** Performs what a later start asks for; null shows the window. */
export type OnFurtherStart = (action: StartAction | null) => void

/** The shell, once all of it has been started. */
export interface RunningShell {
  readonly onFurtherStart: OnFurtherStart
  /** Writes everything and gives the profile back. A second call waits for the first one's end. */
  stop(): Promise<void>
  /** Takes the tray icon and the windows away. */
  removeFromDesktop(): void
}

const { platform, execPath, env: environment } = process
const fromDist = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/**
 * Wires up the desktop shell once Electron is ready and the tray icon is there; makes no other decisions. Failures:
 * those of `openProfileEngine`.
 */
export const compose = async (start: Start): Promise<Result<RunningShell>> => {
  const { profile, isDefaultProfile, commandLine, claim, files, graphics, links, existingTray } = start
  const language = createLanguage(() => app.getPreferredSystemLanguages())
  await language.follow('system')
  const { t } = language
  const policy = readPolicy(policyFile(platform), administrator)
  const facts = new Set<DesktopFact>(graphics.isOff() ? ['withoutGpu'] : [])
  const dialogs = createDialogs(dialog, t, appIcon, app.getPath('documents'), systemClock)
  const targets = openAlertTargets(files)
  const notifications = createNotifications({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    clock: systemClock,
    capabilities: platform === 'linux' ? createDesktopBus(environment).notificationCapabilities : undefined,
    remember: platform === 'linux' ? undefined : targets.remember,
    defer: setImmediate,
  })
  const notify = (tag: string, body: string): void =>
    void notifications.show({ tag, title: t('app.name'), body, silent: false, actions: [] })
  const updates = createAppUpdates({ app, platform, environment, execPath, policy, clock: systemClock })

  const opened = await openDesktopEngine({
    ...{ profile, isDefaultProfile, isWithoutKeychain: commandLine.isWithoutKeychain },
    ...{ files, policy, language, updates, facts, openPrivately, saveFile: dialogs.saveFile },
    show: notifications.show,
  })
  if (!opened.ok) return opened
  const { engine, log, isKeychainBusy } = opened.value

  const openLink = createOpenLink({ engine, openExternal, openPrivately })
  const window: AppWindow = openWindow({
    ...{ engine, dialogs, openLink, t, size: openWindowSize(files, systemClock) },
    // The session for pages runs a process of its own, which is not needed before there is a page.
    onFirst: () => connectPage(engine, window, t),
  })
  const openAccount = createOpenAccount({ openLink, engine })
  notifications.onActivate(createNotificationActivation({ engine, openAccount, openApp: () => window.show() }))
  const markAllRead = createMarkAllRead({ engine, ask: dialogs.ask, notify: (text) => notify('mark-read', text), t })
  const tray = openTray(t, existingTray, {
    showWindow: window.showAtTray,
    toggleWindow: window.toggle,
    refresh: () => void engine.execute('account.refresh', {}),
    pause: (choice) => void engine.execute('quiet.pause', { for: choice }),
    resume: () => void engine.execute('quiet.resume', {}),
    markAllRead: () => void markAllRead(),
    quit: () => app.quit(),
    openAccount,
  })

  showOnEverySurface({ engine, window, tray, facts, log, isDefaultProfile, t })
  const watchClock = createEndingClock(systemClock)
  watchSystem({ engine, window, tray, facts, files, clock: watchClock })
  logProcessDeaths(app, log)
  offerRestartWithoutGraphics(graphics, dialogs, t)
  const stopOnce = async (): Promise<void> => {
    window.letClose()
    watchClock.end()
    await engine.stop()
    // The desktop's dock would keep showing the last number.
    if (platform === 'linux') app.setBadgeCount(0)
    await claim.release()
  }
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= stopOnce()
    return stopping
  }
  quitInOrder({
    ...{ app, power: powerMonitor, clock: systemClock, isKeychainBusy, stop },
    kill: () => process.kill(process.pid, 'SIGKILL'),
  })
  answerOtherPrograms(claim, engine, window, openLink)

  const onFurtherStart: OnFurtherStart = (action) => {
    if (action === 'check') void engine.execute('account.refresh', {})
    else if (action === 'toggle') window.toggle(undefined)
    else window.show(action ?? undefined)
  }
  const isHidden = commandLine.isHidden || wasOpenedAtLogin(app, platform)
  if (commandLine.action === 'add') onFurtherStart('add')
  else if (!isHidden) window.show()
  updates.start({ choice: () => engine.snapshot().preferences.general.updates, notice: engine.notice })
  void handlePreviousNotifications({
    ...{ platform, history: Notification, clickedAt: notifications.clickedAt, targets, clock: systemClock },
    openTarget: ({ account, url }) => openAccount(account, url),
    openApp: () => window.show(),
  })
  // Opening the keychain may take a while, and a forum's response cannot be read before that.
  const submit = createSubmitUrl({ engine, showWindow: window.show, notify: (text) => notify('sign-in', text), t })
  void engine.start().then(() => links.deliverTo(submit))
  return ok({
    ...{ onFurtherStart, stop },
    removeFromDesktop: () => {
      for (const open of BrowserWindow.getAllWindows()) open.destroy()
      tray.remove()
    },
  })
}

/** Opens an address in the system's browser. Where there is none, the system itself says so. */
const openExternal = (url: string): void => {
  if (/^https?:/.test(url)) void shell.openExternal(url).catch(() => undefined)
}

/** The same for an address that other users must not see: Linux puts it on command lines, which all of them can read. */
const openPrivately = async (url: string): Promise<void> =>
  openExternal((platform === 'linux' ? await privateRedirect(url, { clock: systemClock }) : undefined) ?? url)

interface WindowParts {
  readonly engine: Engine
  readonly dialogs: Dialogs
  readonly openLink: (url: string) => void
  readonly t: Translate
  readonly size: WindowSize
  /** Called before the first window is created. */
  readonly onFirst: () => void
}

const openWindow = ({ engine, dialogs, openLink, t, size, onFirst }: WindowParts): AppWindow => {
  let isFirst = true
  return createAppWindow({
    create: () => {
      if (isFirst) onFirst()
      isFirst = false
      const { workArea } = screenForWindow({ screen, platform, environment })
      return new BrowserWindow({ ...windowOptions(fromDist('./preload.cjs'), appIcon), ...size.fitting(workArea) })
    },
    clock: systemClock,
    openLink,
    title: () => windowTitle(t, engine.snapshot()),
    anchor: (at) => trayAnchor({ screen, platform, environment, icon: at }),
    onResize: size.keep,
    onShow: () => void engine.checkLinks(),
    onCrashing: () => dialogs.warn({ code: 'window_crashing' }),
    onSessionEnd: () => app.quit(),
    isWayland: platform === 'linux' && isWayland(environment),
  })
}

const openTray = (t: Translate, existingTray: ExistingTray<Menu>, actions: TrayActions): TrayIcon =>
  createTrayIcon<Menu>({
    existing: existingTray,
    createTray: (image) => new Tray(image),
    buildMenu: (entries) => Menu.buildFromTemplate(entries),
    imagePath: (name) => iconFile('tray', name),
    platform,
    panel: () => panelOf(nativeTheme),
    clock: systemClock,
    t,
    actions,
  })

/** The window's page: what it may load, and its side of the bridge. */
const connectPage = (engine: Engine, window: AppWindow, t: Translate): void => {
  denyPermissions(session.defaultSession)
  // The page saves files through `settings.saveFile` instead.
  session.defaultSession.on('will-download', (event) => event.preventDefault())
  serveApp(protocol, {
    readFiles: () => readPageFiles(fromDist('../renderer')),
    isRebuilt: !app.isPackaged,
    gone: () => t('app.filesGone'),
    image: engine.image,
  })
  connectIpc({ ipc: ipcMain, window, engine, clock: systemClock })
}

const offerRestartWithoutGraphics = (graphics: Graphics, dialogs: Dialogs, t: Translate): void =>
  graphics.watch(app, systemClock, async () => {
    const message = failureSentence(t, { code: 'graphics_failing' })
    if (!(await dialogs.ask({ message, buttons: [t('restart.now'), t('restart.later')] }))) return
    app.relaunch({
      execPath: executablePath(environment, execPath),
      args: [...restartArguments(process.argv.slice(1))],
    })
    app.quit()
  })

/** Answers calls on the control socket, from the command line and from a second start of either shell. */
const answerOtherPrograms = (claim: Claim, engine: Engine, window: AppWindow, openLink: (url: string) => void): void =>
  claim.answerWith(
    createAnswerControl({
      engine,
      show: () => {
        window.show()
        return null
      },
      openForum: async (url) => {
        openLink(url)
        return true
      },
      quit: () => app.quit(),
    }),
  )
