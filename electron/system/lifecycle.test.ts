import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { onPath } from '../../test/system-parts.mjs'
import { EventDouble } from '../testing/electron-double.ts'
import type { electronModule } from '../testing/electron-module.ts'

// What the composed shell does at its beginning and its end, and when something under it fails.

const keychain = vi.hoisted(() => ({ items: new Map<string, string>(), answers: true }))

vi.mock('electron-store', async () => ({
  default: (await import('../testing/electron-store-double.ts')).ElectronStoreDouble,
}))
vi.mock('keytar', () => {
  const answer = <T>(value: T): Promise<T> => (keychain.answers ? Promise.resolve(value) : new Promise(() => undefined))
  return {
    default: {
      getPassword: (_service: string, item: string) => answer(keychain.items.get(item) ?? null),
      setPassword: (_service: string, item: string, text: string) => answer(void keychain.items.set(item, text)),
      deletePassword: (_service: string, item: string) => answer(keychain.items.delete(item)),
    },
  }
})

type Electron = typeof electronModule

let profile = ''
let forum: Forum
let electron: Electron
const argv = process.argv

beforeEach(async () => {
  profile = mkdtempSync(path.join(tmpdir(), 'life-'))
  keychain.items.clear()
  keychain.answers = true
  forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }] })
})

afterEach(async () => {
  if (!hasEnded) await electron.app.quitForGood()
  hasEnded = false
  process.argv = argv
  vi.unstubAllEnvs()
  await forum.stop()
  rmSync(profile, { recursive: true })
})

let hasEnded = false

const start = async (...args: readonly string[]): Promise<void> => {
  vi.resetModules()
  process.argv = ['electron', 'main.js', ...args]
  electron = (await import('../testing/electron-module.ts')).electronModule
  vi.doMock('electron', () => electron)
  await import('../main.ts')
  // What main.ts loads once the icon stands takes a while here, and is there then.
  await import('../compose.ts')
  electron.app.becomeReady()
  await expect.poll(() => electron.made.trays[0]?.menus).toHaveLength(1)
}

/** Ends the program, and tells how long that took, in milliseconds. */
const quit = async (): Promise<number> => {
  hasEnded = true
  const begin = performance.now()
  await electron.app.quitForGood()
  return performance.now() - begin
}

const run = async (name: string, input: object): Promise<unknown> =>
  await callInstance(controlPath(profile), { call: 'command', name, input })

const connect = async (): Promise<void> => {
  const begun = await callInstance(controlPath(profile), { call: 'begin', address: forum.url, method: 'paste' })
  if (!begun.ok) throw new Error(begun.failure.code)
  const { authorizeUrl } = JSON.parse(JSON.stringify(begun.value))
  const { payload } = await forum.authorize({ authorizeUrl, user: 'eve' })
  expect(await run('attempt.accept', { text: payload })).toMatchObject({ ok: true })
}

/**
 * Milliseconds that a second may take on a busy machine, yet less than waiting for what never answers would take;
 * quit.test.ts checks the second itself.
 */
const busy = 20_000

const saved = (): unknown => JSON.parse(readFileSync(path.join(profile, 'settings.json'), 'utf8'))

describe('quitting takes no longer than a second, and everything is written', () => {
  it('while a forum does not answer', async () => {
    await start('--profile', profile)
    await connect()
    forum.fault({ kind: 'latency', ms: 60_000 })
    const asked = forum.requests.length
    const pending = run('account.refresh', {})
    await expect.poll(() => forum.requests.length).toBeGreaterThan(asked)
    await run('preferences.change', { alerts: { volume: 7 } })
    expect(await quit()).toBeLessThan(busy)
    expect(saved()).toMatchObject({ accounts: [{ username: 'eve' }], preferences: { alerts: { volume: 7 } } })
    forum.clearFaults()
    await pending
  })

  it('while the keychain does not answer, which then cannot hold the process either', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    keychain.answers = false
    await start('--profile', profile)
    await run('preferences.change', { alerts: { volume: 8 } })
    expect(await quit()).toBeLessThan(busy)
    expect(saved()).toMatchObject({ preferences: { alerts: { volume: 8 } } })
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGKILL']])
  })

  it('when Windows ends the session, which it reports only to the window', async () => {
    await start('--profile', profile)
    electron.made.windows[0]?.window.emit('session-end')
    expect(electron.app.quits).toBe(1)
  })

  it('when the system shuts down', async () => {
    await start('--profile', profile)
    electron.powerMonitor.emit('shutdown', new EventDouble())
    expect(electron.app.quits).toBe(1)
  })
})

describe('a further start with an action', () => {
  it('asks every forum at once, and shows nothing', async () => {
    await start('--profile', profile, '--hidden')
    await connect()
    const asked = forum.requests.length
    electron.app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: false, action: 'check' })
    await expect.poll(() => forum.requests.length).toBeGreaterThan(asked)
    expect(electron.made.windows).toEqual([])
  })

  it('opens the window to add a forum; so does a first one', async () => {
    await start('--profile', profile, '--hidden', '--add')
    expect(electron.made.windows[0]?.window.loaded).toEqual(['app://notifier/index.html#add'])
    electron.app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: true, action: 'add' })
    expect(electron.made.windows[0]?.window.loaded).toHaveLength(2)
  })
})

describe('what fails while the window is open', () => {
  it('is its page three times in a minute: the window stays closed, with a message that says why', async () => {
    await start('--profile', profile)
    for (let crashes = 0; crashes < 3; crashes += 1) electron.made.windows.at(-1)?.window.crash()
    expect(electron.made.windows).toHaveLength(3)
    expect(electron.made.dialogs).toEqual([expect.stringContaining('failed several times in a row')])
  })

  it('is the graphics card: a restart without it is offered, and the next start does without it', async () => {
    await start('--profile', profile)
    electron.made.answer = 0
    const gone = { type: 'GPU', reason: 'crashed', exitCode: 11 } as const
    for (let crashes = 0; crashes < 3; crashes += 1) {
      electron.app.emit('child-process-gone', new EventDouble(), gone)
    }
    await expect.poll(() => electron.app.quits).toBe(1)
    expect(electron.made.dialogs).toEqual([expect.stringContaining('graphics card')])
    expect(electron.app.relaunches).toEqual([{ execPath: process.execPath, args: ['main.js', '--profile', profile] }])
    await quit()
    hasEnded = false
    await start('--profile', profile)
    expect(electron.app.isHardwareAccelerated).toBe(false)
    expect(await run('diagnose.report', {})).toMatchObject({ value: { desktop: ['withoutGpu'] } })
  })
})

describe('the tray’s menu', () => {
  const choose = (label: string): void => {
    const entries = electron.made.trays[0]?.menus.at(-1)?.entries ?? []
    for (const entry of entries) if ('click' in entry && entry.label === label) entry.click()
  }

  it('marks all as read after a question, and shows the settings', async () => {
    await start('--profile', profile, '--hidden')
    await connect()
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    await run('account.refresh', {})
    await expect.poll(() => JSON.stringify(electron.made.trays[0]?.menus.at(-1)?.entries)).toContain('1 notification')
    electron.made.answer = 0
    choose('Mark all as read…')
    await expect.poll(() => forum.requests.map((asked) => asked.path)).toContain('/notifications/mark-read.json')
    expect(electron.made.dialogs).toEqual(['Mark everything on Meta as read?'])
    choose('Settings…')
    expect(electron.made.windows[0]?.window.loaded).toEqual(['app://notifier/index.html#settings'])
  })
})

describe('the number on the dock', () => {
  it('is given up where the system does not take it, and diagnostics say so', async () => {
    await start('--profile', profile, '--hidden')
    electron.app.takesBadges = false
    await connect()
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    await run('account.refresh', {})
    await expect.poll(() => electron.app.badges).toEqual([1])
    expect(await run('diagnose.report', {})).toMatchObject({ value: { desktop: ['badgeRefused'] } })
  })
})

describe('a surface that cannot show the state', () => {
  it('does not affect the others', async () => {
    await start('--profile', profile)
    electron.app.setBadgeCount = () => {
      throw new Error('no dock')
    }
    await connect()
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    await run('account.refresh', {})
    await expect.poll(() => electron.made.windows[0]?.window.title).toContain('(1)')
  })
})

describe.skipIf(process.platform !== 'linux' || !onPath('xdg-mime'))(
  'on the default profile, with the real xdg-mime',
  () => {
    it('takes forums’ links where nobody has them, and gives them up when told', async () => {
      const environment = {
        HOME: profile,
        XDG_CONFIG_HOME: path.join(profile, 'config'),
        XDG_DATA_HOME: path.join(profile, 'data'),
        XDG_DATA_DIRS: path.join(profile, 'shared'),
      }
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
      profile = path.join(environment.XDG_CONFIG_HOME, 'discourse-notifier')
      const current = (): string =>
        execFileSync('xdg-mime', ['query', 'default', 'x-scheme-handler/discourse'], { encoding: 'utf8' }).trim()
      const snapshot = () => callInstance(controlPath(profile), { call: 'snapshot' })
      await start('--hidden')
      // The system has it a moment before the engine has heard that it has.
      await expect.poll(snapshot, { timeout: busy }).toMatchObject({ value: { linkOwner: { kind: 'ours' } } })
      expect(current()).toBe('discourse-notifier-app-url.desktop')
      expect(await run('attempt.begin', { address: forum.url })).toMatchObject({ ok: true })
      expect(await snapshot()).toMatchObject({ value: { attempts: [{ method: 'redirect' }] } })
      expect(await run('preferences.change', { general: { openLinks: false } })).toMatchObject({ ok: true })
      expect(current()).toBe('')
      await quit()
      hasEnded = false
      await start('--hidden')
      await expect.poll(snapshot, { timeout: busy }).toMatchObject({ value: { linkOwner: { kind: 'nobody' } } })
      expect(current()).toBe('')
      profile = environment.HOME
    })
  },
)
