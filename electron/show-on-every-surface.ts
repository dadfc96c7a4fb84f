import { app, globalShortcut, Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme } from 'electron'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import type { Snapshot } from '../common/contract/snapshot.ts'
import { windowTitle } from '../common/glance/glance.ts'
import type { Translate } from '../common/i18n/i18n.ts'
import type { Engine } from '../engine/engine.ts'
import { systemClock } from '../engine/ports/clock.ts'
import type { Log } from '../engine/ports/log.ts'
import { throttle } from '../engine/timing/throttle.ts'
import { iconFile } from './icon-file.ts'
import { createBadge } from './surfaces/badge.ts'
import { createJumpList } from './surfaces/jump-list.ts'
import { createOverlay } from './surfaces/overlay.ts'
import { createShowEach } from './surfaces/show-each.ts'
import { createGlobalShortcut } from './system/global-shortcut.ts'
import { isWayland } from './system/is-wayland.ts'
import type { TrayIcon } from './tray/tray.ts'
import { createApplicationMenu } from './window/application-menu.ts'
import type { AppWindow } from './window/window.ts'

const { platform, execPath, env: environment } = process

interface SurfaceParts {
  readonly engine: Engine
  readonly window: AppWindow
  readonly tray: TrayIcon
  readonly facts: Set<DesktopFact>
  readonly log: Log
  readonly isDefaultProfile: boolean
  readonly t: Translate
}

/**
 * The minimum time between two updates of tray, badge and title, in milliseconds: a menu of many accounts is slow to
 * build.
 */
const surfaceInterval = 500

/** Shows the numbers wherever this system has a place for them, now and after each change. */
export const showOnEverySurface = ({ engine, window, tray, facts, log, isDefaultProfile, t }: SurfaceParts): void => {
  const loadImage = (name: string) => nativeImage.createFromPath(iconFile('badge', name))
  const setMenu = (template: MenuItemConstructorOptions[]): void =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  // The tasks start the program as it was installed, on the default profile.
  const hasTasks = platform === 'win32' && isDefaultProfile && !process.defaultApp
  const showEach = createShowEach(
    {
      tray: tray.show,
      badge: createBadge(app, () => facts.add('badgeRefused')),
      shortcut: createGlobalShortcut({
        keys: globalShortcut,
        isWayland: platform === 'linux' && isWayland(environment),
        toggleWindow: () => window.toggle(undefined),
        notice: engine.notice,
      }),
      title: (snapshot: Snapshot) => window.setTitle(windowTitle(t, snapshot)),
      ...(platform === 'win32' ? { overlay: createOverlay({ window, loadImage, t }) } : {}),
      ...(hasTasks ? { tasks: createJumpList({ app, execPath, t }) } : {}),
      ...(platform === 'darwin' ? { menu: createApplicationMenu({ setMenu, t }) } : {}),
    },
    log,
  )
  const show = (): void => showEach(engine.snapshot())
  show()
  engine.subscribe(throttle(systemClock, surfaceInterval, show))
  nativeTheme.on('updated', show)
}
