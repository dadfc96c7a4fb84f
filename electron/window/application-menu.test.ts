import type { MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import german from '../../common/i18n/locales/de.json' with { type: 'json' }
import { createApplicationMenu } from './application-menu.ts'

const everything = (template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? everything(item.submenu) : [])])

it('the macOS menu has the shortcuts that work only through it, labels everything itself, and follows the language', () => {
  const inGerman = createTranslate({ language: 'de', locale: 'de' }, german)
  const inEnglish = createTranslate()
  let present = inEnglish
  const menus: MenuItemConstructorOptions[][] = []
  const t = Object.assign((...words: Parameters<typeof inEnglish>) => present(...words), inEnglish)
  const show = createApplicationMenu({ setMenu: (template) => menus.push(template), t })
  show()
  show()
  expect(menus).toHaveLength(1)
  const items = everything(menus[0] ?? [])
  expect(items.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['quit', 'hide', 'undo', 'cut', 'copy', 'paste', 'selectAll', 'minimize', 'close']),
  )
  // The first menu is called as the program is, by macOS itself.
  const unlabelled = items.filter(({ type, label }) => type !== 'separator' && label === undefined)
  expect(unlabelled.map(({ role }) => role)).toEqual(['appMenu'])
  present = inGerman
  show()
  expect(everything(menus[1] ?? []).map(({ label }) => label)).toContain('Kopieren')
})
