import { describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { TrayDouble, TrayMenuDouble } from '../testing/electron-double.ts'
import { sampleAccount, sampleCounts, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createTrayIcon } from './tray.ts'
import { type Panel, panelOf, trayImage } from './tray-image.ts'
import type { TrayMenuEntry } from './tray-menu.ts'

const setUp = (platform: NodeJS.Platform = 'linux') => {
  const trays: TrayDouble[] = []
  const done: unknown[][] = []
  const theme: { panel: Panel } = { panel: 'dark' }
  const createTray = (image: string): TrayDouble => {
    const tray = new TrayDouble(image)
    trays.push(tray)
    return tray
  }
  const imagePath = (name: string): string => `/icons/tray/${name}`
  const image = imagePath(trayImage('idle', theme.panel, platform))
  const clock = createFakeClock(0)
  const icon = createTrayIcon({
    existing: { tray: createTray(image), image },
    createTray,
    buildMenu: (entries) => new TrayMenuDouble(entries),
    imagePath,
    platform,
    panel: () => theme.panel,
    clock,
    t: createTranslate(),
    actions: {
      showWindow: (...asked) => done.push(['showWindow', ...asked]),
      toggleWindow: (at) => done.push(['toggle', at]),
      refresh: () => done.push(['refresh']),
      pause: (choice) => done.push(['pause', choice]),
      resume: () => done.push(['resume']),
      markAllRead: () => done.push(['markRead']),
      quit: () => done.push(['quit']),
      openAccount: (account, url) => done.push(['openAccount', account, url]),
    },
  })
  const tray = (): TrayDouble => {
    const [first, second] = trays
    if (first === undefined || second !== undefined) throw new Error('there should be one tray')
    return first
  }
  const labels = () =>
    tray()
      .menus.at(-1)
      ?.entries.map((entry) => ('label' in entry ? entry.label : '-'))
  const click = (label: string): void => {
    const clickIn = (entries: readonly TrayMenuEntry[]): void => {
      for (const entry of entries) {
        if ('submenu' in entry) clickIn(entry.submenu)
        if ('click' in entry && entry.label.startsWith(label)) entry.click()
      }
    }
    clickIn(tray().menus.at(-1)?.entries ?? [])
  }
  return { icon, clock, show: icon.show, trays, tray, done, theme, labels, click }
}

const withNews = sampleSnapshot({
  accounts: [sampleAccount({ counts: sampleCounts(3, 1) })],
})

describe('the tray icon', () => {
  it('shows a face, a tooltip and a menu for an empty installation', () => {
    const { show, tray, labels } = setUp()
    show(sampleSnapshot())
    expect(tray().images).toEqual(['/icons/tray/idle.png'])
    expect(tray().tooltip).toBe('Discourse Notifier: No forums yet')
    expect(labels()).toEqual([
      'Open Discourse Notifier',
      '-',
      'No forums yet',
      '-',
      'Pause alerts',
      '-',
      'Add a forum…',
      'Check now',
      'Mark all as read…',
      'Settings…',
      'Quit',
    ])
  })

  it('is the one that was there before', () => {
    const { show, tray } = setUp()
    show(withNews)
    expect(tray().images).toEqual(['/icons/tray/idle.png', '/icons/tray/4.png'])
  })

  it('follows the snapshot', () => {
    const { show, tray, labels } = setUp()
    show(sampleSnapshot())
    show(withNews)
    expect(tray().images.at(-1)).toBe('/icons/tray/4.png')
    expect(tray().tooltip).toBe('Discourse Notifier: 4 new on 1 forum')
    expect(labels()).toContain('Meta: 3 notifications, 1 personal message')
    show(sampleSnapshot({ accounts: [sampleAccount({ state: { kind: 'locked' } })] }))
    expect(tray().images.at(-1)).toBe('/icons/tray/attention.png')
  })

  it('is left alone while nothing that it shows has changed', () => {
    const { show, tray } = setUp()
    show(withNews)
    const [images, menus] = [[...tray().images], [...tray().menus]]
    show({ ...withNews, revision: 9 })
    expect([tray().images, tray().menus]).toEqual([images, menus])
  })

  it('changes with the panel', () => {
    const { show, tray, theme } = setUp('win32')
    show(withNews)
    theme.panel = 'light'
    show(withNews)
    expect(tray().images).toEqual(['idle-dark', '4-dark', '4-light'].map((name) => `/icons/tray/${name}.ico`))
  })

  it('is a template on macOS, with its count beside it', () => {
    const { show, tray } = setUp('darwin')
    show(sampleSnapshot({ accounts: [sampleAccount({ counts: sampleCounts(12) })] }))
    expect(tray().title).toBe('12')
    show(sampleSnapshot())
    expect(tray().title).toBe('')
    expect(tray().images).toEqual(['/icons/tray/idleTemplate.png'])
  })

  it.each(['linux', 'win32'] as const)('has no title on %s, where there is no room for one', (platform) => {
    const { show, tray } = setUp(platform)
    show(withNews)
    expect(tray().title).toBe('')
  })

  it('is created again, complete, for a tray that started later', () => {
    const { icon, trays } = setUp()
    icon.show(withNews)
    icon.renew(withNews)
    const [first, second] = trays
    expect([trays.length, first?.isDestroyed, second?.isDestroyed]).toEqual([2, true, false])
    expect(second?.tooltip).toBe(first?.tooltip)
    expect(second?.menus).toHaveLength(1)
    second?.emit('click')
    icon.show(sampleSnapshot())
    expect(second?.images).toEqual(['/icons/tray/4.png', '/icons/tray/idle.png'])
  })

  it('taken away for good it stays away', () => {
    const { icon, trays, tray } = setUp()
    icon.show(withNews)
    const shown = tray().images.length
    icon.remove()
    icon.show(sampleSnapshot())
    icon.renew(sampleSnapshot())
    expect([trays.length, tray().isDestroyed, tray().images.length]).toEqual([1, true, shown])
  })

  it('says where it is when the window should open there', () => {
    const { show, tray, done, click } = setUp('win32')
    show(withNews)
    const at = { x: 1800, y: 1040, width: 24, height: 40 }
    tray().bounds = at
    tray().emit('click')
    click('Settings')
    expect(done).toEqual([
      ['toggle', at],
      ['showWindow', at, 'settings'],
    ])
  })

  it('shows a pause', () => {
    const { show, tray } = setUp()
    show({ ...withNews, quiet: { isQuiet: true, reason: 'paused', until: null } })
    expect(tray().images.at(-1)).toBe('/icons/tray/paused.png')
    expect(tray().tooltip).toContain('Alerts are paused')
  })

  it('toggles the window when a click is reported', () => {
    const { show, tray, done } = setUp()
    show(sampleSnapshot())
    tray().emit('click')
    expect(done).toEqual([['toggle', tray().bounds]])
  })
})

describe('the tray menu', () => {
  it('holds every action', () => {
    const { show, tray, done, click } = setUp()
    show(withNews)
    const { bounds } = tray()
    for (const label of ['Open', 'Meta', 'For 1 hour', 'Add', 'Check', 'Mark', 'Settings', 'Quit']) click(label)
    expect(done).toEqual([
      ['showWindow', bounds],
      ['openAccount', 'a1', 'https://meta.example/u/eve/notifications'],
      ['pause', '1h'],
      ['showWindow', bounds, 'add'],
      ['refresh'],
      ['markRead'],
      ['showWindow', bounds, 'settings'],
      ['quit'],
    ])
  })

  it('is left alone while it is open, and follows once it is closed', () => {
    const { show, tray, labels, clock } = setUp('win32')
    show(sampleSnapshot())
    const open = tray().menus.at(-1)
    open?.emit('menu-will-show')
    show(withNews)
    expect(tray().menus).toEqual([open])
    expect(tray().tooltip).toContain('4 new')
    open?.emit('menu-will-close')
    expect(tray().menus).toEqual([open])
    clock.advance(500)
    expect(labels()).toContain('Meta: 3 notifications, 1 personal message')
  })

  it('opened again before that, it still is', () => {
    const { show, tray, clock } = setUp('darwin')
    show(sampleSnapshot())
    const open = tray().menus.at(-1)
    open?.emit('menu-will-show')
    open?.emit('menu-will-close')
    open?.emit('menu-will-show')
    show(withNews)
    clock.advance(60_000)
    expect(tray().menus).toEqual([open])
  })

  it('offers what cannot be done at the moment in its place, but not to be chosen', () => {
    const { show, tray } = setUp()
    show(sampleSnapshot())
    expect(tray().menus.at(-1)?.entries).toContainEqual({ label: 'Mark all as read…', enabled: false })
  })

  it('ends a pause', () => {
    const { show, done, click } = setUp()
    show(sampleSnapshot({ quiet: { isQuiet: true, reason: 'paused', until: null } }))
    click('Resume')
    expect(done).toEqual([['resume']])
  })

  it('shows a title from a forum as one line of plain text', () => {
    const { show, labels } = setUp()
    const site = { ...sampleAccount().site, title: 'Q&A\n\tforum' }
    show(sampleSnapshot({ accounts: [sampleAccount({ site })] }))
    expect(labels()).toContain('Q&&A forum: nothing new')
  })

  it('cuts what is too long for a menu', () => {
    const { show, labels } = setUp()
    const site = { ...sampleAccount().site, title: '🦀'.repeat(200) }
    show(sampleSnapshot({ accounts: [sampleAccount({ site })] }))
    expect(labels()?.[2]).toBe(`${'🦀'.repeat(20)}…${'🦀'.repeat(19)}: nothing new`)
  })
})

describe('the tray image', () => {
  it('is a template on macOS, whatever the panel', () => {
    expect(trayImage('offline', 'light', 'darwin')).toBe('offlineTemplate.png')
    expect(trayImage('9plus', 'dark', 'darwin')).toBe('idleTemplate.png')
  })

  it('has two tones on Linux, where the panel’s colour is unknown', () => {
    expect(trayImage('idle', 'dark', 'linux')).toBe('idle.png')
    expect(trayImage('idle', 'light', 'linux')).toBe('idle.png')
  })

  it.each([
    ['dark', true],
    ['light', false],
  ] as const)('suits a task bar of Windows that is %s', (panel, shouldUseDarkColorsForSystemIntegratedUI) => {
    expect(trayImage('idle', panelOf({ shouldUseDarkColorsForSystemIntegratedUI }), 'win32')).toBe(`idle-${panel}.ico`)
  })
})
