import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ipcChannels, openAttemptPath } from '../common/contract/bridge.ts'
import { type Snapshot, snapshotSchema } from '../common/contract/snapshot.ts'
import { callInstance } from '../engine/control/call-instance.ts'
import { claimProfile } from '../engine/control/claim-profile.ts'
import { controlPath } from '../engine/control/control-path.ts'
import type { ControlCall } from '../engine/control/control-protocol.ts'
import { logFolder } from '../engine/storage/profile.ts'
import type { Forum } from '../test/forum/forum.ts'
import { startForum } from '../test/forum/start-forum.ts'
import { watchCrashListeners } from '../test/rig/crash-listeners.ts'
import { expectOk } from '../test/rig/engine-rig.ts'
import { startProxy } from '../test/rig/start-proxy.ts'
import { EventDouble } from './testing/electron-double.ts'
import type { electronModule } from './testing/electron-module.ts'

// The composed shell: everything real but Electron and the keychain, against a simulated forum over real HTTP.

const keychain = vi.hoisted(() => new Map<string, string>())

vi.mock('electron-store', async () => ({
  default: (await import('./testing/electron-store-double.ts')).ElectronStoreDouble,
}))
vi.mock('keytar', () => ({
  default: {
    getPassword: async (_service: string, item: string) => keychain.get(item) ?? null,
    setPassword: async (_service: string, item: string, text: string) => void keychain.set(item, text),
    deletePassword: async (_service: string, item: string) => keychain.delete(item),
  },
}))

/** The command line that the system starts the program with for an address. */
const startFor = (url: string): readonly string[] => (process.platform === 'win32' ? ['--open-url', '--', url] : [url])

type Electron = typeof electronModule

let profile = ''
let forum: Forum
const running: Electron[] = []
const argv = process.argv
const crashListeners = watchCrashListeners()

beforeEach(async () => {
  profile = mkdtempSync(path.join(tmpdir(), 'shell-'))
  keychain.clear()
  forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }] })
})

afterEach(async () => {
  for (const { app } of running.splice(0)) await app.quitForGood()
  process.argv = argv
  crashListeners.remove()
  await forum.stop()
  rmSync(profile, { recursive: true })
})

/** Starts main.ts with these arguments, up to where Electron would become ready. */
const load = async (args: readonly string[] = [], prepare?: (electron: Electron) => void): Promise<Electron> =>
  loadBare(['--profile', profile, ...args], prepare)

const loadBare = async (args: readonly string[], prepare?: (electron: Electron) => void): Promise<Electron> => {
  vi.resetModules()
  process.argv = ['electron', 'main.js', ...args]
  const { electronModule: electron } = await import('./testing/electron-module.ts')
  vi.doMock('electron', () => electron)
  prepare?.(electron)
  await import('./main.ts')
  // What main.ts loads once the icon stands takes a while here, and is there then.
  await import('./compose.ts')
  return electron
}

const start = async (args: readonly string[] = []): Promise<Electron> => {
  const electron = await load(args)
  running.push(electron)
  electron.app.becomeReady()
  await expect.poll(() => electron.made.trays[0]?.menus).toHaveLength(1)
  return electron
}

const quit = async (electron: Electron): Promise<void> => {
  running.splice(running.indexOf(electron), 1)
  await electron.app.quitForGood()
}

const call = async (asked: ControlCall): Promise<unknown> => {
  const answer = await callInstance(controlPath(profile), asked)
  if (!answer.ok) throw new Error(`unexpected failure ${answer.failure.code}`)
  return answer.value
}

const begunSchema = v.object({ attempt: v.string(), authorizeUrl: v.string() })

/** Begins a sign-in, approves it at the forum, and gives the address that the browser would hand to the system. */
const approve = async (): Promise<string> => {
  const begun = v.parse(begunSchema, await call({ call: 'begin', address: forum.url, method: 'redirect' }))
  const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  return redirect ?? ''
}

const snapshot = async (): Promise<Snapshot> => v.parse(snapshotSchema, await call({ call: 'snapshot' }))

/** Connected, with exactly one key on the forum and nothing complained about. */
const expectConnectedOnce = async (electron: Electron): Promise<void> => {
  await expect.poll(async () => (await snapshot()).accounts).toHaveLength(1)
  const { accounts, attempts } = await snapshot()
  expect(accounts[0]).toMatchObject({ username: 'eve', site: { base: forum.url } })
  expect(attempts).toMatchObject([{ state: { kind: 'done' } }])
  // A second delivery of the same address would find nothing waiting, and would be told about.
  expect(electron.made.notifications).toEqual([])
  expect(forum.requests.filter(({ path: asked }) => asked.startsWith('/session/current'))).toHaveLength(1)
}

describe('before ready', () => {
  it.skipIf(process.platform === 'win32')('a profile that others may write is theirs no longer', async () => {
    chmodSync(profile, 0o777)
    const { made } = await start()
    expect(made.dialogs).toEqual([])
    expect(statSync(profile).mode & 0o777).toBe(0o755)
  })

  it('the profile is set before the lock, and the lock is asked for before anything is shown', async () => {
    const { made, app } = await load()
    expect(made.early.slice(0, 6)).toEqual([
      'setName',
      'setPath userData',
      'setPath sessionData',
      'setPath crashDumps',
      'requestSingleInstanceLock',
      'registerSchemesAsPrivileged',
    ])
    expect(made.paths.get('userData')).toBe(profile)
    expect(made.menus).toEqual(process.platform === 'darwin' ? [] : [null])
    expect(app.secondStart).toEqual({ url: null, isHidden: false, action: null })
    expect(made.windows).toEqual([])
  })

  it('a second instance hands its address to the first and ends', async () => {
    const url = 'discourse://auth_redirect?payload=abc'
    const { app, made } = await load(startFor(url), (electron) => {
      electron.app.isFirst = false
    })
    app.becomeReady()
    expect(app.secondStart).toEqual({ url, isHidden: false, action: null })
    expect(app.quits).toBe(1)
    expect(made.early).not.toContain('registerSchemesAsPrivileged')
    expect(existsSync(controlPath(profile))).toBe(false)
  })

  it.each([
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['--help', /--profile DIR/],
  ])('%s is answered, and nothing begins', async (option, answer) => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const { made } = await load([option])
    expect(printed.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(answer)])
    expect([made.exits, made.early]).toEqual([[0], []])
  })

  it('a --profile without a folder ends with a message, not with the default profile', async () => {
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { made } = await loadBare(['--profile'])
    await expect.poll(() => made.exits).toEqual([1])
    const told = process.platform === 'linux' ? printed.mock.calls.map(([text]) => text) : made.dialogs
    printed.mockRestore()
    expect(told).toEqual([expect.stringContaining('A value is missing: --profile DIR.')])
    expect(made.early).toEqual([])
  })
})

describe('a start', () => {
  it('puts an icon into the tray and shows the window with our own page', async () => {
    const { made, protocol, session } = await start()
    expect(made.trays[0]?.images[0]).toMatch(/icons[\\/]tray[\\/]idle/)
    expect(made.windows).toHaveLength(1)
    expect(made.windows[0]?.window.loaded).toEqual(['app://notifier/index.html'])
    expect(made.windows[0]?.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true })
    expect((await protocol.request('app://notifier/index.html')).status).toBe(200)
    expect(session.defaultSession.check()).toBe(false)
  })

  it('stays in the tray when asked to', async () => {
    const { made } = await start(['--hidden'])
    expect(made.windows).toEqual([])
  })

  it('keeps secrets in memory when asked to', async () => {
    await start(['--no-keychain'])
    await expect.poll(async () => (await snapshot()).vault.kind).toBe('session')
    expect(keychain.size).toBe(0)
  })

  it('reaches forums through the system’s proxy, without revealing a path when asking for it', async () => {
    const proxy = await startProxy({ refuses: 403 })
    const { session } = await start()
    session.defaultSession.proxies = `PROXY ${proxy.host}`
    const answer = await callInstance(controlPath(profile), {
      call: 'begin',
      address: 'https://forum.test',
      method: 'paste',
    })
    expect(answer).toMatchObject({ failure: { code: 'proxy_refused', params: { proxy: proxy.host } } })
    expect(session.defaultSession.resolved).toEqual(['https://forum.test/'])
    expect(proxy.asked).toEqual(['CONNECT forum.test:443'])
    await proxy.stop()
  })

  it('asks the system about user and machine', async () => {
    const { powerMonitor } = await start()
    expect(powerMonitor.thresholds).toEqual([300])
  })

  it('takes no addresses away from the default profile', async () => {
    const { app } = await start()
    expect(app.registered).toBeUndefined()
  })

  it('leaves a profile alone that the headless shell has, and hands it the address', async () => {
    const calls: ControlCall[] = []
    const claim = expectOk(await claimProfile(controlPath(profile)))
    claim?.answerWith(async (asked) => {
      calls.push(asked)
      return { ok: true, value: null }
    })
    const url = 'discourse://auth_redirect?payload=abc'
    const { app, made } = await load(startFor(url))
    app.becomeReady()
    await expect.poll(() => app.quits).toBe(1)
    expect(calls).toEqual([{ call: 'command', name: 'attempt.accept', input: { text: url } }])
    expect(made.dialogs).toEqual(['Discourse Notifier is already running on this profile.'])
    expect(made.trays).toEqual([])
    await claim?.release()
  })

  it('says nothing of that at login, where nobody has asked for a window', async () => {
    const claim = expectOk(await claimProfile(controlPath(profile)))
    const { app, made } = await load(['--hidden'])
    app.becomeReady()
    await expect.poll(() => app.quits).toBe(1)
    expect([made.dialogs, made.trays]).toEqual([[], []])
    await claim?.release()
  })
})

describe('an address from the forum connects an account exactly once', () => {
  it('on the command line of a cold start', async () => {
    const before = await start()
    const url = await approve()
    await quit(before)
    const electron = await start(startFor(url))
    await expectConnectedOnce(electron)
  })

  it('from a second instance', async () => {
    const electron = await start(['--hidden'])
    const url = await approve()
    electron.app.emit('second-instance', new EventDouble(), ['electron', url], '/', {
      url,
      isHidden: false,
      action: null,
    })
    await expectConnectedOnce(electron)
    expect(electron.made.windows).toHaveLength(1)
  })

  it('from `open-url`', async () => {
    const electron = await start(['--hidden'])
    const url = await approve()
    electron.app.emit('open-url', new EventDouble(), url)
    await expectConnectedOnce(electron)
  })

  it('from `open-url` before ready', async () => {
    const before = await start()
    const url = await approve()
    await quit(before)
    const electron = await load()
    running.push(electron)
    electron.app.emit('open-url', new EventDouble(), url)
    electron.app.becomeReady()
    await expect.poll(() => electron.made.trays[0]?.menus).toHaveLength(1)
    await expectConnectedOnce(electron)
  })
})

describe('the running shell', () => {
  it('answers its own page, and opens the authorize page of a waiting attempt in the browser', async () => {
    const { made, ipcMain } = await start()
    const window = made.windows[0]?.window
    const event = { sender: window?.webContents, senderFrame: { url: 'app://notifier/index.html', parent: null } }
    const answer = await ipcMain.invoke(
      event,
      ipcChannels.execute,
      'attempt.begin',
      JSON.stringify({ address: forum.url }),
    )
    const { value } = v.parse(v.object({ value: v.object({ attempt: v.string() }) }), answer)
    // Redirect is only for where addresses reach us.
    expect((await snapshot()).attempts).toMatchObject([{ method: 'paste' }])
    window?.webContents.openWindow({ url: `app://notifier${openAttemptPath(value.attempt)}` })
    window?.webContents.openWindow({ url: 'https://evil.example/' })
    expect(made.opened).toHaveLength(1)
    expect(made.opened[0]).toContain(`${forum.url}/user-api-key/new?`)
    await ipcMain.invoke(event, ipcChannels.execute, 'attempt.copyLink', JSON.stringify({ attempt: value.attempt }))
    expect(made.copied).toEqual(made.opened)
    made.isClipboardTaken = true
    const refused = await ipcMain.invoke(
      event,
      ipcChannels.execute,
      'attempt.copyLink',
      JSON.stringify({ attempt: value.attempt }),
    )
    expect(refused).toEqual({ ok: false, failure: { code: 'internal' } })
    made.clipboard = 'a secret, and https://meta.example/session/email-login/cafe?token=beef'
    const looked = await ipcMain.invoke(event, ipcChannels.execute, 'clipboard.address', JSON.stringify({}))
    expect(looked).toEqual({ ok: true, value: { address: 'https://meta.example' } })
    const stranger = { ...event, senderFrame: { url: 'https://evil.example/', parent: null } }
    const denied = await ipcMain.invoke(stranger, ipcChannels.execute, 'clipboard.address', JSON.stringify({}))
    expect(denied).toMatchObject({ failure: { code: 'not_authorised' } })
    ipcMain.send(event, ipcChannels.watch)
    const told = JSON.stringify(window?.webContents.sent)
    expect(told).toContain(value.attempt)
    expect(told).not.toContain('user-api-key')
  })

  it('notifies of what is new, opens it on a click, and shows the number everywhere', async () => {
    const electron = await start()
    const { app, made } = electron
    app.emit('open-url', new EventDouble(), await approve())
    await expectConnectedOnce(electron)
    await expect.poll(async () => (await snapshot()).accounts[0]?.state.kind).toBe('fresh')
    const { topicId } = forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: 'Cats' })
    await call({ call: 'command', name: 'account.refresh', input: {} })
    await expect.poll(() => made.notifications).toHaveLength(1)
    expect(made.notifications[0]?.options.body).toContain('alice mentioned you in “Cats”')
    await expect.poll(() => made.trays[0]?.images.at(-1)).toMatch(/tray[\\/]1[-.]/)
    expect(made.windows[0]?.window.title).toBe('(1) Discourse Notifier')
    expect(app.badges.at(-1)).toBe(1)
    made.notifications[0]?.emit('click')
    await expect.poll(() => made.opened).toEqual([`${forum.url}/t/cats/${topicId}/2`])
  })

  it('says so when an address arrives that nothing was waiting for', async () => {
    const { app, made } = await start(['--hidden'])
    app.emit('open-url', new EventDouble(), `discourse://auth_redirect?payload=${'A'.repeat(342)}==`)
    await expect.poll(() => made.notifications).toHaveLength(1)
    expect(made.notifications[0]?.options.body).toContain('No sign-in is waiting')
    expect(made.windows).toHaveLength(1)
  })

  it('shows its window when the command line asks for it', async () => {
    const { made } = await start(['--hidden'])
    expect(await call({ call: 'show' })).toEqual({ url: null })
    expect(made.windows).toHaveLength(1)
  })

  it('shows its window when it is started again', async () => {
    const { app, made } = await start(['--hidden'])
    app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: false, action: null })
    expect(made.windows).toHaveLength(1)
  })

  it('lets its window close when macOS quits for an update', async () => {
    const { made, autoUpdater } = await start()
    const window = made.windows[0]?.window
    window?.close()
    expect(window?.isDestroyed()).toBe(false)
    autoUpdater.emit('before-quit-for-update')
    window?.close()
    expect(window?.isDestroyed()).toBe(true)
  })

  it('ends in order and as failed after an error that nobody caught, and only then says so', async () => {
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { app, made } = await start()
    const [onCrash = expect.fail] = crashListeners.added().exceptions
    const atDialog: unknown[] = []
    made.onDialog = () =>
      atDialog.push(existsSync(controlPath(profile)), made.trays[0]?.isDestroyed, made.windows[0]?.window.isDestroyed())
    onCrash(new Error('the key of eve'), 'uncaughtException')
    await expect.poll(() => made.exits).toEqual([1])
    // While it waits for the user, more of the kind changes nothing.
    onCrash(new Error('another'), 'uncaughtException')
    const sentence = expect.stringContaining('has ended because of an error in it')
    expect(made.dialogs).toEqual([sentence])
    expect(printed.mock.calls.map(([text]) => text)).toEqual([sentence])
    printed.mockRestore()
    expect(atDialog).toEqual([false, true, true])
    expect(app.hasLock).toBe(false)
    const log = readFileSync(path.join(logFolder(profile), 'notifier.log'), 'utf8')
    expect(log).toContain('"level":"error","event":"crash","code":"internal","kind":"Error"')
    expect(log).not.toContain('of eve')
  })

  it('gives the profile back when it ends', async () => {
    const electron = await start()
    await quit(electron)
    expect(electron.made.windows[0]?.window.isDestroyed()).toBe(true)
    const claim = expectOk(await claimProfile(controlPath(profile)))
    expect(claim).toBeDefined()
    await claim?.release()
  })
})
