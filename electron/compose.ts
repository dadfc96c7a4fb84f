import { homedir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  autoUpdater,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  type MenuItemConstructorOptions,
  type MessageBoxOptions,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import type { Failure } from '../common/contract/failure.ts'
import type { Snapshot } from '../common/contract/snapshot.ts'
import { windowTitle } from '../common/glance/glance.ts'
import { failureSentence } from '../common/i18n/i18n.ts'
import { createNotificationActivation, createOpenAccount } from '../engine/alerts/notification-actions.ts'
import { createAnswerControl } from '../engine/control/answer-control.ts'
import type { Claim } from '../engine/control/claim-profile.ts'
import { watchNetwork } from '../engine/network/watch-network.ts'
import { readPageFiles } from '../engine/page/page-files.ts'
import { createEndingClock, systemClock } from '../engine/ports/clock.ts'
import type { Language } from '../engine/preferences/language.ts'
import type { SettingsFile } from '../engine/storage/settings-file.ts'
import type { StateFiles } from '../engine/storage/state-files.ts'
import { throttle } from '../engine/timing/throttle.ts'
import { type CommandLine, restartArguments, type Wish } from './command-line.ts'
import { createAcceptUrl } from './links/accept-url.ts'
import type { DeepLinks } from './links/deep-links.ts'
import { createOpenLink } from './links/open-link.ts'
import { openDesktopEngine } from './open-engine.ts'
import { createBadge } from './surfaces/badge.ts'
import { takeUpEarlierNotifications } from './surfaces/earlier-notifications.ts'
import { createJumpList } from './surfaces/jump-list.ts'
import { createMarkAllRead } from './surfaces/mark-all-read.ts'
import { createNotifications } from './surfaces/notifications.ts'
import { createOverlay } from './surfaces/overlay.ts'
import { createShowEach } from './surfaces/show-each.ts'
import { executablePath } from './system/executable-path.ts'
import { wasOpenedAtLogin } from './system/open-at-login.ts'
import { watchPresence } from './system/presence.ts'
import { quitInOrder } from './system/quit.ts'
import { watchLinuxDesktop } from './system/watch-linux-desktop.ts'
import { createTrayIcon } from './tray/tray.ts'
import { trayAnchor } from './tray/tray-anchor.ts'
import { panelOf } from './tray/tray-image.ts'
import { serveApp } from './window/app-scheme.ts'
import { createApplicationMenu } from './window/application-menu.ts'
import type { Graphics } from './window/graphics.ts'
import { connectIpc } from './window/ipc.ts'
import { denyPermissions } from './window/permissions.ts'
import { createAppWindow, windowOptions } from './window/window.ts'

/** What a start of the desktop shell has come by: a profile that is its own, and what it was started for. */
export interface Start {
  readonly profile: string
  readonly isDefaultProfile: boolean
  readonly commandLine: CommandLine
  readonly claim: Claim
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly graphics: Graphics
  readonly links: DeepLinks
  /** Follows the user's choice; its words are right from the start on. */
  readonly language: Language
}

/** The least time between two looks of tray, badge and title, in milliseconds: a menu of many accounts takes its time. */
const glanceInterval = 500

const fromDist = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const icon = (...names: readonly string[]): string => path.join(fromDist('../icons'), ...names)

/**
 * Puts the desktop shell's parts together, once Electron is ready; decides nothing else.
 * @returns what a further start asks for: the window, or what it wishes besides
 */
export const compose = (start: Start): ((wish: Wish | null) => void) => {
  const { profile, isDefaultProfile, commandLine, claim, settings, files, graphics, links, language } = start
  const { t } = language
  const { platform, execPath, env: environment } = process

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
  const tellAbout =
    (tag: string) =>
    (body: string): void =>
      void showMessage({ tag, title: t('app.name'), body, silent: false, actions: [] })
  const ask = async (question: Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'>): Promise<boolean> => {
    const shape = { type: 'question', title: t('app.name'), defaultId: 0, cancelId: 1 } as const
    return (await dialog.showMessageBox({ ...shape, ...question })).response === 0
  }
  const warn = (failure: Failure): void =>
    void dialog.showMessageBox({ type: 'warning', title: t('app.name'), message: failureSentence(t, failure) })

  const isWithoutGpu = graphics.isOff()
  const badge = createBadge(app)
  const desktopFacts = (): readonly DesktopFact[] => [
    ...(desktop?.isTrayMissing() === true ? (['trayMissing'] as const) : []),
    ...(badge.isRefused() ? (['badgeRefused'] as const) : []),
    ...(isWithoutGpu ? (['withoutGpu'] as const) : []),
  ]
  const { engine, updates, isKeychainBusy, log } = openDesktopEngine({
    ...{ profile, isDefaultProfile, settings, files, language, desktopFacts },
    isWithoutKeychain: commandLine.isWithoutKeychain,
    show: showMessage,
    openUrl: (url) => openLink(url),
    openFolder: async (folder) => (await shell.openPath(folder)) === '',
  })
  // Nobody to tell: the system shows its own words when it has no browser.
  const openLink = createOpenLink({
    engine,
    openExternal: (url) => void shell.openExternal(url).catch(() => undefined),
  })
  const openAccount = createOpenAccount({ openLink, engine })

  const window = createAppWindow({
    create: () => new BrowserWindow(windowOptions(fromDist('./preload.cjs'), icon('app', '256x256.png'))),
    clock: systemClock,
    openLink,
    title: () => windowTitle(t, engine.snapshot()),
    anchor: () => trayAnchor({ screen, platform, environment, iconBounds: tray.bounds }),
    onShow: () => void engine.lookAtLinks(),
    onCrashing: () => warn({ code: 'window_crashing' }),
    onSessionEnd: () => app.quit(),
  })
  const showWindow = (): void => window.show()
  const activate = createNotificationActivation({ engine, openAccount, openApp: showWindow })
  const refresh = (): void => void engine.execute('account.refresh', {})
  const markAllRead = createMarkAllRead({ engine, ask, tell: tellAbout('mark-read'), t })
  const tray = createTrayIcon<Menu>({
    createTray: (image) => new Tray(image),
    buildMenu: (entries) => Menu.buildFromTemplate(entries),
    imagePath: (name) => icon('tray', name),
    platform,
    panel: () => panelOf(nativeTheme, platform, environment['XDG_CURRENT_DESKTOP']),
    now: systemClock.now,
    t,
    actions: {
      open: () => window.showAtTray(),
      add: () => window.showAtTray('add'),
      settings: () => window.showAtTray('settings'),
      refresh,
      pause: (choice) => void engine.execute('quiet.pause', { for: choice }),
      resume: () => void engine.execute('quiet.resume', {}),
      markRead: () => void markAllRead(),
      quit: () => app.quit(),
      openAccount,
    },
    toggleWindow: window.toggle,
  })
  const loadImage = (name: string) => nativeImage.createFromPath(icon('badge', name))
  const showOverlay = platform === 'win32' ? createOverlay({ window, loadImage, t }) : () => undefined
  // It starts the program as it was installed, on its usual profile.
  const hasTasks = platform === 'win32' && isDefaultProfile && !process.defaultApp
  const showTasks = hasTasks ? createJumpList({ app, execPath, t }) : () => undefined
  const setMenu = (template: MenuItemConstructorOptions[]): void =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  const places = {
    tray: tray.show,
    badge: badge.show,
    overlay: showOverlay,
    tasks: showTasks,
    menu: platform === 'darwin' ? createApplicationMenu({ setMenu, t }) : () => undefined,
    title: (snapshot: Snapshot) => window.setTitle(windowTitle(t, snapshot)),
  }
  const showEach = createShowEach(places, log)
  const show = (): void => showEach(engine.snapshot())

  denyPermissions(session.defaultSession)
  serveApp(protocol, () => readPageFiles(fromDist('../renderer')), engine.image)
  connectIpc({ ipc: ipcMain, window, engine, clock: systemClock })
  const watchClock = createEndingClock(systemClock)
  show()
  const renewIcon = (): void => tray.renew(engine.snapshot())
  // Who has the window open sees the notice in it, and is doing something else perhaps.
  const revealWindow = (): void => {
    if (!window.isVisible()) showWindow()
  }
  const desktop =
    platform === 'linux'
      ? watchLinuxDesktop({ engine, clock: watchClock, files, environment, home: homedir(), renewIcon, revealWindow })
      : undefined
  watchPresence({ power: powerMonitor, engine, clock: watchClock, askLocked: desktop?.askLocked })
  watchNetwork({ clock: watchClock, onChange: engine.networkChanged })
  quitInOrder({
    app,
    power: powerMonitor,
    clock: systemClock,
    isHeldUp: isKeychainBusy,
    kill: () => process.kill(process.pid, 'SIGKILL'),
    stop: async () => {
      window.letClose()
      watchClock.end()
      await engine.stop()
      await claim.release()
    },
  })
  graphics.watch(app, systemClock, async () => {
    const message = failureSentence(t, { code: 'graphics_failing' })
    if (!(await ask({ message, buttons: [t('restart.now'), t('restart.later')] }))) return
    app.relaunch({
      execPath: executablePath(environment, execPath),
      args: [...restartArguments(process.argv.slice(1))],
    })
    app.quit()
  })
  claim.answerWith(
    createAnswerControl({
      engine,
      show: () => {
        showWindow()
        return null
      },
      quit: () => app.quit(),
    }),
  )
  engine.subscribe(throttle(systemClock, glanceInterval, show))
  nativeTheme.on('updated', show)
  app.on('activate', showWindow)
  // macOS closes the windows before it asks whether it may quit for an update.
  autoUpdater.on('before-quit-for-update', window.letClose)
  const fulfil = (wish: Wish | null): void => {
    if (wish === 'check') refresh()
    else window.show(wish ?? undefined)
  }
  const isHidden = commandLine.isHidden || wasOpenedAtLogin(app, platform)
  if (commandLine.wish === 'add') fulfil('add')
  else if (!isHidden) showWindow()
  updates.start()
  const takenAt = (): number => clickTakenAt
  void takeUpEarlierNotifications({ platform, history: Notification, takenAt, openApp: showWindow, clock: systemClock })
  // Opening the keychain may take long; an answer from a forum can be read only after it.
  const accept = createAcceptUrl({ engine, showWindow, tell: tellAbout('sign-in'), t })
  void engine.start().then(() => links.deliverTo(accept))
  return fulfil
}
