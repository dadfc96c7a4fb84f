import type { Rectangle, Tray } from 'electron'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { badge } from '../../common/glance/badge.ts'
import { trayFace, trayTooltip } from '../../common/glance/glance.ts'
import { trayMenu } from '../../common/glance/tray-menu.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { type Panel, trayImage } from './tray-image.ts'
import { type TrayActions, type TrayMenuEntry, trayMenuEntries } from './tray-menu.ts'

/** The part of Electron's `Tray` that is used. Keep a reference to it: a tray that is garbage-collected disappears. */
export interface TrayPort<Menu> extends Pick<Tray, 'destroy' | 'getBounds' | 'setTitle' | 'setToolTip'> {
  setImage(image: string): void
  setContextMenu(menu: Menu): void
  on(event: 'click', listener: () => void): unknown
}

/** An icon that was put into the tray before there was anything to show. */
export interface ExistingTray<Menu> {
  readonly tray: TrayPort<Menu>
  /** The full path of its image. */
  readonly image: string
}

export interface TrayOptions<Menu> {
  readonly existing: ExistingTray<Menu>
  /** Creates another one. */
  readonly createTray: (image: string) => TrayPort<Menu>
  readonly buildMenu: (entries: TrayMenuEntry[]) => Menu
  /** The full path of an icon. */
  readonly imagePath: (name: string) => string
  readonly platform: NodeJS.Platform
  readonly panel: () => Panel
  readonly now: () => number
  readonly t: Translate
  readonly actions: TrayActions
}

/** The icon in the tray. */
export interface TrayIcon {
  /** Updates it to match a snapshot. */
  show(snapshot: Snapshot): void
  /** Creates the icon again: a Linux desktop's tray that starts after us never learns of an earlier one. */
  renew(snapshot: Snapshot): void
  /** Takes it out of the tray for good; whatever is shown later is ignored. */
  remove(): void
}

/**
 * Where the system reports a click on the icon, it opens the window; where the menu opens instead (macOS, many Linux
 * desktops), the menu has every action.
 */
export const createTrayIcon = <Menu>(options: TrayOptions<Menu>): TrayIcon => {
  const { existing, createTray, buildMenu, imagePath, platform, panel, now, t, actions } = options
  let { tray, image } = existing
  let title = ''
  let tooltip = ''
  let menu = ''
  let isRemoved = false

  /** Where the icon is, as macOS and Windows report it. */
  const bounds = (): Rectangle => tray.getBounds()

  const listen = (): void => void tray.on('click', () => actions.toggleWindow(bounds()))
  listen()

  const show = (snapshot: Snapshot): void => {
    if (isRemoved) return
    const nextImage = imagePath(trayImage(trayFace(snapshot), panel(), platform))
    if (nextImage !== image) tray.setImage(nextImage)
    image = nextImage

    // The menu bar of macOS has room for the number itself, which ends at nine on the icon.
    const shown = badge(snapshot)
    const nextTitle = platform === 'darwin' && shown.kind === 'number' ? String(shown.count) : ''
    if (nextTitle !== title) tray.setTitle(nextTitle, { fontType: 'monospacedDigit' })
    title = nextTitle

    const nextTooltip = trayTooltip(t, snapshot, now())
    if (nextTooltip !== tooltip) tray.setToolTip(nextTooltip)
    tooltip = nextTooltip

    // On Linux a new menu closes the one that is open, so only a different one is set.
    const items = trayMenu(t, snapshot, now())
    const nextMenu = JSON.stringify(items)
    if (nextMenu !== menu) tray.setContextMenu(buildMenu(trayMenuEntries(items, actions, bounds)))
    menu = nextMenu
  }

  return {
    show,
    renew: (snapshot) => {
      if (isRemoved) return
      tray.destroy()
      tray = createTray(image)
      listen()
      title = ''
      tooltip = ''
      menu = ''
      show(snapshot)
    },
    remove: () => {
      isRemoved = true
      tray.destroy()
    },
  }
}
