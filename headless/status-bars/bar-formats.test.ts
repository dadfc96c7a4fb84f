import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { account, attempt, counts, meta, now, rust, snapshot } from '../../common/testing/samples.ts'
import { createLanguage } from '../../engine/preferences/language.ts'
import { barFormats, barText, templateNames, unknownNames } from './bar-formats.ts'

const { t } = createLanguage(() => ['en'])
const moment = (of: ReturnType<typeof snapshot> | undefined) => ({ snapshot: of, t, now })

const busy = snapshot({
  accounts: [
    account({ counts: counts({ notifications: 2, messages: 1 }) }),
    account({
      id: 'account-2',
      site: { ...rust, title: 'Rust | <Users> #[fg=red] %{A1:rm:}' },
      counts: counts({ chat: 1 }),
    }),
  ],
})
const lockedOut = snapshot({ accounts: [account({ state: { kind: 'locked' }, counts: counts({ messages: 1 }) })] })
const quiet = snapshot({ accounts: [account()] })

describe('a status bar', () => {
  it.each([
    ['plain', '4', '1', '0', ''],
    ['tmux', '4', '#[fg=yellow]1 !#[default]', '', ''],
    ['polybar', '%{A1:discourse-notifier open:}4%{A}', '%{A1:discourse-notifier open:}1 !%{A}', '', ''],
  ] as const)('%s is told numbers, and nothing where there is nothing', (format, ...expected) => {
    expect([busy, lockedOut, quiet, undefined].map((one) => barText(format, moment(one)))).toEqual(expected)
  })

  it('waybar is told text, class and tooltip, with nothing in it that is markup', () => {
    const told = [busy, lockedOut, quiet, undefined].map((one) => JSON.parse(barText('waybar', moment(one))))
    expect(told.map(({ text, alt }) => [text, alt])).toEqual([
      ['4', 'unread'],
      ['1 !', 'attention'],
      ['', 'none'],
      ['', 'stopped'],
    ])
    expect(told[0].class).toBe('unread')
    expect(told[0].tooltip).toContain('Meta: 2 notifications, 1 personal message\nRust | &lt;Users&gt;')
  })

  it('the forums whose sign-in waits for approval are named where there is room, and can be counted', () => {
    const waiting = snapshot({
      accounts: [account()],
      attempts: [attempt(), attempt({ id: 'b', site: rust }), attempt({ id: 'c', state: { kind: 'expired' } })],
    })
    const line = `Pending sign-ins: ${meta.title}, ${rust.title}`
    expect(
      JSON.parse(barText('waybar', moment(waiting)))
        .tooltip.split('\n')
        .at(-1),
    ).toBe(line)
    expect(barText('xbar', moment(waiting)).split('\n').at(-1)).toBe(line)
    expect(JSON.parse(barText('json', moment(waiting))).pendingSignIns).toBe(2)
    expect(barText('{pendingSignIns}', moment(waiting))).toBe('2')
  })

  it('i3bar is told a block', () => {
    expect(JSON.parse(barText('i3status', moment(lockedOut)))).toEqual({
      name: 'discourse-notifier',
      full_text: '1 !',
      short_text: '1 !',
      urgent: true,
    })
  })

  it('xbar is told a title and a menu, whose lines hold one bar each', () => {
    const [title, line, ...menu] = barText('xbar', moment(busy)).split('\n')
    expect([title, line]).toEqual(['4', '---'])
    expect(menu[0]).toBe(`Meta: 2 notifications, 1 personal message | href=https://${meta.host}/u/eve/notifications`)
    expect(menu.map((one) => one.split('|').length)).toEqual([2, 2])
  })

  it('programs are told everything as JSON', () => {
    expect(JSON.parse(barText('json', moment(busy)))).toMatchObject({
      state: 'unread',
      text: '4',
      unread: 4,
      attention: 0,
      pendingSignIns: 0,
      accounts: [{ name: 'eve@meta.example', title: 'Meta', state: 'fresh', counts: { total: 3 } }, {}],
    })
    expect(JSON.parse(barText('json', moment(undefined)))).toEqual({
      state: 'stopped',
      text: '',
      unread: 0,
      attention: 0,
      pendingSignIns: 0,
      accounts: [],
    })
  })
})

describe('a template', () => {
  it('holds names between braces', () => {
    expect(barText('{unread}/{messages}/{chat} {attention} {state} {other}', moment(busy))).toBe(
      '4/1/1 0 unread {other}',
    )
    expect(barText('{summary}', moment(busy))).toBe('4 new on 2 forums')
    expect(barText('[{unread}{state}]', moment(undefined))).toBe('[stopped]')
  })

  it('names what it does not have', () => {
    expect(unknownNames('{unread} {unred} {}')).toEqual(['unred', ''])
    expect(unknownNames(templateNames.map((name) => `{${name}}`).join(''))).toEqual([])
  })
})

it('docs/status-bars.md has every format and every name', () => {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'status-bars.md'), 'utf8')
  for (const format of barFormats) expect(page).toContain(`--format ${format}`)
  for (const name of templateNames) expect(page).toContain(`{${name}}`)
})
