import type { MenuItemConstructorOptions } from 'electron'
import type { Translate } from '../../common/i18n/i18n.ts'

export interface ApplicationMenuOptions {
  /** Puts it into the menu bar. */
  readonly setMenu: (template: MenuItemConstructorOptions[]) => void
  readonly t: Translate
}

/**
 * Returns a function that keeps the macOS menu in the current language; the labels of Electron's own roles are English.
 * On macOS the shortcuts for copying, pasting and closing work only through a menu. Elsewhere there is no menu, and
 * removing it before `ready` saves building Electron's default one (electronjs.org/docs/tutorial/performance, point 8).
 */
export const createApplicationMenu = ({ setMenu, t }: ApplicationMenuOptions): (() => void) => {
  let shown = ''
  return () => {
    const template = menuTemplate(t)
    const next = JSON.stringify(template)
    if (next === shown) return
    shown = next
    setMenu(template)
  }
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const menuTemplate = (t: Translate): MenuItemConstructorOptions[] => [
  {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: t('menu.about') },
      separator,
      { role: 'services', label: t('menu.services') },
      separator,
      { role: 'hide', label: t('menu.hide') },
      { role: 'hideOthers', label: t('menu.hideOthers') },
      { role: 'unhide', label: t('menu.showAll') },
      separator,
      { role: 'quit', label: t('menu.quit') },
    ],
  },
  {
    role: 'editMenu',
    label: t('menu.edit'),
    submenu: [
      { role: 'undo', label: t('menu.undo') },
      { role: 'redo', label: t('menu.redo') },
      separator,
      { role: 'cut', label: t('menu.cut') },
      { role: 'copy', label: t('menu.copy') },
      { role: 'paste', label: t('menu.paste') },
      { role: 'selectAll', label: t('menu.selectAll') },
    ],
  },
  {
    role: 'windowMenu',
    label: t('menu.window'),
    submenu: [
      { role: 'minimize', label: t('menu.minimize') },
      { role: 'close', label: t('menu.close') },
    ],
  },
]
