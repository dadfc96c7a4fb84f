import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { gracePeriod } from '../../electron/tray/watch-tray-host.ts'
import { removeHome } from '../rig/remove-home.ts'
import { answerDialog } from './answer-dialog.ts'
import { connect } from './connect.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import { type Panel, startPanel } from './panel.ts'
import type { TrayItem } from './tray-on-bus.ts'

// The tray icon and its menu on a real panel, asked and used over the session bus as a panel does.

needs('desktop')
needs('panel')

let home = ''
let desktop: Desktop
let panel: Panel
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-panel-'))
  atEnd(() => removeHome(home))
  desktop = await startDesktop(home)
  atEnd(desktop.stop)
  panel = await startPanel(desktop.env, home)
  atEnd(() => panel.stop())
})

const onPanel = (...args: readonly string[]) => ({
  args: ['--no-keychain', ...args],
  envOf: async () => desktop.env,
})

/** The one icon, once it has something to say: it is there before its texts, its menu and what a click does are loaded. */
const icon = async (): Promise<TrayItem> => {
  const found: { items: readonly TrayItem[] } = { items: [] }
  const tooltips = async () => {
    found.items = await panel.icons()
    return found.items.map(({ tooltip }) => JSON.stringify(tooltip))
  }
  await expect.poll(tooltips).toEqual([expect.stringContaining('Discourse Notifier: ')])
  const [item] = found.items
  if (item === undefined) throw new Error('no icon')
  return item
}

test('the icon is there with its menu, whose entries do what they say', async ({ notifierOf }) => {
  const notifier = await notifierOf(onPanel('--hidden'))
  const item = await icon()
  expect(item.hasPicture).toBe(true)
  expect(JSON.stringify(item.tooltip)).toContain('Discourse Notifier: No forums yet')
  const entries = [
    'Open Discourse Notifier',
    '-',
    'No forums yet',
    '-',
    'Pause alerts',
    '-',
    'Add a forum…',
    'Check now',
  ]
  await expect.poll(() => item.menu()).toEqual([...entries, 'Mark all as read…', 'Settings…', 'Quit'])
  expect(notifier.app?.windows()).toEqual([])
  await item.choose('Add a forum…')
  const page = await notifier.open()
  await expect(page.getByRole('dialog').getByLabel('Address')).toBeVisible()
  await item.choose('Settings…')
  await expect(page.getByLabel('Theme')).toBeVisible()
  const ended = new Promise((resolve) => notifier.app?.process().once('exit', resolve))
  await item.choose('Quit')
  await ended
})

test('a click on the icon opens the window, and what is new shows in the tooltip', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  const notifier = await notifierOf(onPanel('--hidden'))
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await notifier.cli('accept', payload)).status).toBe(0)
  await expect.poll(async () => JSON.stringify((await icon()).tooltip)).toContain('1 new on 1 forum')
  await (await icon()).click()
  await expect((await notifier.open()).getByLabel('1 notification').first()).toBeVisible()
})

test('*Mark all as read*, chosen twice, asks once, and Return marks nothing', async ({ forumOf, notifierOf }) => {
  // Neither sign of its name marks a key in a menu.
  const forum = await forumOf({ title: 'Q&A snake_case' })
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  const notifier = await notifierOf(onPanel('--hidden'))
  await connect(notifier, forum, 'eve')
  const item = await icon()
  const entry = 'Mark all as read…'
  await expect.poll(() => item.menu()).toContain('Q&A snake__case: 1 notification')
  await notifier.app?.evaluate(({ dialog }) => {
    const own = Object.assign(globalThis, { questions: 0 })
    const { showMessageBox } = dialog
    dialog.showMessageBox = (...asked: readonly unknown[]) => {
      own.questions += 1
      return Reflect.apply(showMessageBox, dialog, asked)
    }
  })
  await item.choose(entry)
  await item.choose(entry)
  await answerDialog(notifier.env)
  expect(await notifier.app?.evaluate('globalThis.questions')).toBe(1)
  expect((await notifier.status()).accounts[0]?.counts?.total).toBe(1)
  expect(forum.requests.filter(({ path: asked }) => asked.includes('mark-read'))).toEqual([])
})

test('two profiles side by side have an icon, a window and a life each', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  const first = await notifierOf(onPanel('--hidden'))
  const second = await notifierOf(onPanel('--hidden'))
  const tooltips = async () => (await panel.icons()).map(({ tooltip }) => JSON.stringify(tooltip))
  await expect.poll(tooltips).toHaveLength(2)
  await connect(second, forum, 'eve')
  await expect
    .poll(async () => (await tooltips()).toSorted())
    .toEqual([expect.stringContaining('1 new on 1 forum'), expect.stringContaining('No forums yet')])
  expect((await first.status()).accounts).toEqual([])
  await first.stop()
  await expect.poll(tooltips).toEqual([expect.stringContaining('1 new on 1 forum')])
  expect((await second.status()).accounts).toHaveLength(1)
})

for (const { name, sentence, tag } of [
  { name: 'XFCE', sentence: /^This desktop shows no tray icons\. Start/, tag: [] },
  { name: 'ubuntu:GNOME', sentence: /^GNOME shows no tray icons without the AppIndicator/, tag: ['@on-demand'] },
]) {
  test(`without a tray a hidden start opens its window, which says so (${name}); when a panel comes, the icon is there`, {
    tag,
  }, async ({ notifierOf }) => {
    await panel.stop()
    const envOf = async () => ({ ...desktop.env, XDG_CURRENT_DESKTOP: name })
    const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'], envOf })
    // A tray is missed for twenty seconds, and looked for once a minute from then on.
    await notifier.app?.evaluate(
      (_electron, { grace, minute }) => {
        const { setTimeout: real } = globalThis
        const { now } = Date
        Date.now = () => now() + grace
        Object.assign(globalThis, {
          setTimeout: (action: () => void, time: number) => real(action, time === minute ? 500 : time),
        })
      },
      { grace: gracePeriod, minute: 60_000 },
    )
    await expect.poll(() => notifier.app?.windows().length).toBe(1)
    const notice = (await notifier.open()).getByText(sentence)
    await expect(notice).toBeVisible()
    panel = await startPanel(desktop.env, home)
    await expect.poll(async () => (await panel.icons()).length).toBe(1)
    await expect(notice).toBeHidden()
  })
}

test('a panel that dies and comes back has the icon again', async ({ notifierOf }) => {
  test.slow()
  await notifierOf(onPanel('--hidden'))
  await icon()
  await panel.stop()
  panel = await startPanel(desktop.env, home)
  await expect.poll(async () => (await panel.icons()).length, { timeout: 90_000 }).toBe(1)
})
