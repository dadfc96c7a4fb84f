import type { Rectangle } from 'electron'
import type { PageRequest } from '../../common/contract/page-request.ts'
import type { PauseChoice } from '../../common/contract/pause-choice.ts'
import type { TrayAction, TrayMenuItem } from '../../common/glance/tray-menu.ts'

/** A menu entry in the form that Electron accepts. */
export type TrayMenuEntry =
  | { type: 'separator' }
  | { label: string; enabled: false }
  | { label: string; click: () => void }
  | { label: string; submenu: TrayMenuEntry[] }

/** What the entries do. */
export interface TrayActions {
  /** `icon` holds the icon's bounds, where the system reports them. */
  showWindow(icon: Rectangle | undefined, request?: PageRequest): void
  toggleWindow(icon: Rectangle | undefined): void
  refresh(): void
  markAllRead(): void
  quit(): void
  resume(): void
  pause(choice: PauseChoice): void
  /** Opens an account's page on its forum. */
  openAccount(account: string, url: string): void
}

/** The tray menu for Electron's `Menu.buildFromTemplate`. */
export const trayMenuEntries = (
  items: readonly TrayMenuItem[],
  actions: TrayActions,
  icon: () => Rectangle | undefined,
): TrayMenuEntry[] => items.map((item) => trayMenuEntry(item, actions, icon))

const trayMenuEntry = (item: TrayMenuItem, actions: TrayActions, icon: () => Rectangle | undefined): TrayMenuEntry => {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' }
    case 'label':
      return { label: menuLabel(item.label), enabled: false }
    case 'account':
      return { label: menuLabel(item.label), click: () => actions.openAccount(item.account, item.url) }
    case 'action':
      if (item.isOff) return { label: menuLabel(item.label), enabled: false }
      return { label: menuLabel(item.label), click: () => act(item.action, actions, icon()) }
    case 'pause':
      return { label: menuLabel(item.label), click: () => actions.pause(item.choice) }
    case 'submenu':
      return { label: menuLabel(item.label), submenu: trayMenuEntries(item.items, actions, icon) }
  }
}

const act = (action: TrayAction, actions: TrayActions, icon: Rectangle | undefined): void => {
  switch (action) {
    case 'open':
      actions.showWindow(icon)
      break
    case 'add':
    case 'settings':
      actions.showWindow(icon, action)
      break
    case 'markRead':
      actions.markAllRead()
      break
    case 'refresh':
    case 'resume':
    case 'quit':
      actions[action]()
      break
  }
}

/** One line of plain text: titles come from forums, and a single `&` would underline the next letter. */
const menuLabel = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .replaceAll('&', '&&')
