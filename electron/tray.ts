import type { Tray } from 'electron'
import { trayFace, trayTooltip } from '../common/glance.ts'
import type { Translate } from '../common/i18n.ts'
import type { Snapshot } from '../common/snapshot.ts'
import { trayMenu } from '../common/tray-menu.ts'
import { type Panel, trayImage } from './tray-image.ts'
import { type TrayActions, type TrayMenuEntry, trayMenuEntries } from './tray-menu.ts'

/** What of Electron's `Tray` is needed. Whoever holds it keeps it alive: a tray that is collected disappears. */
export interface TrayPort<Menu> extends Pick<Tray, 'setToolTip'> {
  setImage(image: string): void
  setContextMenu(menu: Menu): void
  on(event: 'click', listener: () => void): unknown
}

/** What the tray is made with. */
export interface TrayOptions<Menu> {
  readonly createTray: (image: string) => TrayPort<Menu>
  readonly buildMenu: (entries: TrayMenuEntry[]) => Menu
  /** The full path of an icon. */
  readonly imagePath: (name: string) => string
  readonly platform: NodeJS.Platform
  readonly panel: () => Panel
  readonly now: () => number
  readonly t: Translate
  readonly actions: TrayActions
  readonly toggleWindow: () => void
}

/**
 * Puts the icon into the tray and gives the function that keeps it as the snapshot says. Where a click arrives it opens
 * the window; where the menu opens instead (macOS, many Linux desktops), the menu holds every action.
 */
export const createTrayIcon = <Menu>(options: TrayOptions<Menu>): ((snapshot: Snapshot) => void) => {
  const { createTray, buildMenu, imagePath, platform, panel, now, t, actions, toggleWindow } = options
  let tray: TrayPort<Menu> | undefined
  let image = ''
  let tooltip = ''
  let menu = ''

  const start = (path: string): TrayPort<Menu> => {
    const made = createTray(path)
    made.on('click', toggleWindow)
    return made
  }

  return (snapshot) => {
    const nextImage = imagePath(trayImage(trayFace(snapshot), panel(), platform))
    const isNew = tray === undefined
    tray ??= start(nextImage)
    if (!isNew && nextImage !== image) tray.setImage(nextImage)
    image = nextImage

    const nextTooltip = trayTooltip(t, snapshot, now())
    if (nextTooltip !== tooltip) tray.setToolTip(nextTooltip)
    tooltip = nextTooltip

    // On Linux a new menu closes the one that is open, so only a different one is set.
    const items = trayMenu(t, snapshot, now())
    const nextMenu = JSON.stringify(items)
    if (nextMenu !== menu) tray.setContextMenu(buildMenu(trayMenuEntries(items, actions)))
    menu = nextMenu
  }
}
