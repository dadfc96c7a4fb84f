import type { Rectangle, Tray } from 'electron'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { badge } from '../../common/glance/badge.ts'
import { trayFace, trayTooltip } from '../../common/glance/glance.ts'
import { trayMenu } from '../../common/glance/tray-menu.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import { type Panel, trayImage } from './tray-image.ts'
import { type TrayActions, type TrayMenuEntry, trayMenuEntries } from './tray-menu.ts'

/** The part of Electron's `Tray` that is used. Keep a reference to it: a tray that is garbage-collected disappears. */
export interface TrayPort<Menu> extends Pick<Tray, 'destroy' | 'getBounds' | 'setTitle' | 'setToolTip'> {
  setImage(image: string): void
  setContextMenu(menu: Menu): void
  on(event: 'click', listener: () => void): unknown
}

/** The part of Electron's `Menu` that is used. */
export interface TrayMenu {
  on(event: 'menu-will-show' | 'menu-will-close', listener: () => void): unknown
}

/** An icon that was put into the tray before there was anything to show. */
export interface ExistingTray<Menu> {
  readonly tray: TrayPort<Menu>
  /** The full path of its image. */
  readonly image: string
}

export interface TrayOptions<Menu extends TrayMenu> {
  readonly existing: ExistingTray<Menu>
  /** Creates another one. */
  readonly createTray: (image: string) => TrayPort<Menu>
  readonly buildMenu: (entries: TrayMenuEntry[]) => Menu
  /** The full path of an icon. */
  readonly imagePath: (name: string) => string
  readonly platform: NodeJS.Platform
  readonly panel: () => Panel
  readonly clock: Pick<Clock, 'now' | 'after'>
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

/** How long a menu that was closed is kept, in milliseconds. */
const closingTime = 500

/**
 * Where the system reports a click on the icon, it opens the window; where the menu opens instead (macOS, many Linux
 * desktops), the menu has every action.
 */
export const createTrayIcon = <Menu extends TrayMenu>(options: TrayOptions<Menu>): TrayIcon => {
  const { existing, createTray, buildMenu, imagePath, platform, panel, clock, t, actions } = options
  let { tray, image } = existing
  let title = ''
  let tooltip = ''
  let menu = ''
  let isRemoved = false
  let isOpen = false
  let shown: Snapshot | undefined
  let stopWaiting = (): void => undefined

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
    const number = badge(snapshot)
    const nextTitle = platform === 'darwin' && number.kind === 'number' ? String(number.count) : ''
    if (nextTitle !== title) tray.setTitle(nextTitle, { fontType: 'monospacedDigit' })
    title = nextTitle

    const nextTooltip = trayTooltip(t, snapshot, clock.now())
    if (nextTooltip !== tooltip) tray.setToolTip(nextTooltip)
    tooltip = nextTooltip

    shown = snapshot
    showMenu()
  }

  /** A menu that is open is left alone: what is pointed at would move, and a choice could be lost with the old menu. */
  const showMenu = (): void => {
    if (isOpen || shown === undefined || isRemoved) return
    const items = trayMenu(t, shown, clock.now())
    const nextMenu = JSON.stringify(items)
    if (nextMenu === menu) return
    menu = nextMenu
    const built = buildMenu(trayMenuEntries(items, actions, bounds))
    // Told on macOS and Windows only: on Linux the panel shows the menu, and nobody learns when (Chromium's dbus_menu).
    built.on('menu-will-show', () => {
      stopWaiting()
      isOpen = true
    })
    built.on('menu-will-close', () => {
      // What was chosen may be told after that.
      stopWaiting = clock.after(closingTime, () => {
        isOpen = false
        showMenu()
      })
    })
    tray.setContextMenu(built)
  }

  return {
    show,
    renew: (snapshot) => {
      if (isRemoved) return
      tray.destroy()
      stopWaiting()
      isOpen = false
      tray = createTray(image)
      listen()
      title = ''
      tooltip = ''
      menu = ''
      show(snapshot)
    },
    remove: () => {
      isRemoved = true
      stopWaiting()
      tray.destroy()
    },
  }
}
