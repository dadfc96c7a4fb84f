import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fusesOf } from '../../build/package/fuses.mjs'
import { ipcChannels } from '../../common/contract/bridge.ts'
import { readAddress } from '../../engine/discourse/address.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { EventDouble } from '../testing/electron-double.ts'
import type { electronModule } from '../testing/electron-module.ts'

// Electron's security checklist (electronjs.org/docs/latest/tutorial/security), point by point, on the composed shell.

vi.mock('electron-store', async () => ({
  default: (await import('../testing/electron-store-double.ts')).ElectronStoreDouble,
}))

type Electron = typeof electronModule

const root = path.join(import.meta.dirname, '..', '..')
const argv = process.argv
let profile = ''
let electron: Electron

beforeAll(async () => {
  profile = mkdtempSync(path.join(tmpdir(), 'security-'))
  process.argv = ['electron', 'start.js', '--profile', profile, '--no-keychain']
  const double = await import('../testing/electron-module.ts')
  electron = double.electronModule
  vi.doMock('electron', () => electron)
  await import('../main.ts')
  // What main.ts loads once the icon stands takes a while here, and is there then.
  await import('../compose.ts')
  electron.app.becomeReady()
  await vi.waitFor(() => expect(electron.made.windows).toHaveLength(1), { timeout: 30_000 })
})

afterAll(async () => {
  await electron.app.quitForGood()
  process.argv = argv
  rmSync(profile, { recursive: true })
})

const made = () => {
  const [first] = electron.made.windows
  if (first === undefined) throw new Error('no window was made')
  return first
}
const preferences = () => made().options.webPreferences ?? {}
const contents = () => made().window.webContents

/** What we wrote ourselves in a folder, tests and doubles left out. */
const sources = (folder: string): string =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|html)$/.test(file) && !/\.test\.|testing/.test(file))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
    .join('\n')

const page = 'app://notifier/index.html'

describe('Electron’s security checklist', () => {
  it('has twenty points, and each has a test here', () => {
    const own = readFileSync(import.meta.filename, 'utf8')
    const points = new Set([...own.matchAll(/['`](\d+): /g)].map(([, point]) => Number(point)))
    expect([...points].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('1: only secure content is loaded', () => {
    expect(made().window.loaded.filter((url) => !url.startsWith('app://notifier/'))).toEqual([])
    expect(readAddress('http://forum.example')).toMatchObject({ ok: false, failure: { code: 'address_not_encrypted' } })
  })

  it('2: pages have no Node', () => {
    const { nodeIntegration, nodeIntegrationInWorker = false, nodeIntegrationInSubFrames = false } = preferences()
    expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([false, false, false])
  })

  it('3: contexts are isolated', () => {
    expect(preferences().contextIsolation).toBe(true)
  })

  it('4: processes are sandboxed', () => {
    expect(preferences().sandbox).toBe(true)
    // Neither the command line nor the program takes the sandbox away; it adds one switch of V8's, and one as it ends.
    expect(sources('electron')).not.toMatch(/no-sandbox/)
    expect(sources('electron').match(/\bappendSwitch\(.*/g)).toEqual([
      'appendSwitch(withoutGpuLimit)',
      'appendSwitch(pageFlags, withoutTurboFan)',
    ])
    expect([...electron.app.commandLine.switches]).toEqual([['js-flags', '--no-turbofan']])
  })

  it.each(['media', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'display-capture'])(
    '5: the permission %s is denied, both to requests and to checks',
    async (permission) => {
      expect(await electron.session.defaultSession.request(permission)).toBe(false)
      expect(electron.session.defaultSession.check()).toBe(false)
      expect(electron.session.defaultSession.checkDevice()).toBe(false)
    },
  )

  it('6: web security is on', () => {
    expect(preferences().webSecurity).toBe(true)
  })

  it.each([page, 'app://notifier/image/0', 'app://notifier/nowhere', 'app://elsewhere/'])(
    '7: %s comes with a policy that allows nothing by default',
    async (address) => {
      const answer = await electron.protocol.request(address)
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
    },
  )

  it('8: insecure content is not allowed', () => {
    expect(preferences()).not.toHaveProperty('allowRunningInsecureContent')
  })

  it('9: experimental features are off', () => {
    expect(preferences()).not.toHaveProperty('experimentalFeatures')
  })

  it('10: no Blink features are switched on', () => {
    expect(preferences()).not.toHaveProperty('enableBlinkFeatures')
  })

  it('11: there is no webview, and none with pop-ups', () => {
    expect(preferences().webviewTag).toBe(false)
    expect(sources('renderer')).not.toMatch(/<webview|allowpopups/i)
  })

  it('12: a webview that is created anyway is refused', () => {
    const event = new EventDouble()
    contents().emit('will-attach-webview', event)
    expect(event.isPrevented).toBe(true)
  })

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)('13: %s leads nowhere', (name) => {
    const event = new EventDouble()
    contents().emit(name, event)
    expect(event.isPrevented).toBe(true)
  })

  it('14: no window is opened', () => {
    for (const url of [page, 'https://meta.example/', 'about:blank'])
      expect(contents().openWindow({ url })).toEqual({ action: 'deny' })
  })

  it.each([
    'https://evil.example/',
    'http://meta.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://evil.example/share',
    'ms-msdt:/id',
    'discourse://auth_redirect?payload=x',
    'https://github.com/someone/discourse-notifier/releases',
    'app://notifier/open/../../etc',
    '',
  ])('15: the system is not given %j to open', (url) => {
    contents().openWindow({ url })
    expect(electron.made.opened).toEqual([])
    // One place gives addresses to the system, and it has judged before; another gives it folders of ours.
    expect(
      sources('electron')
        .match(/shell\.\w+/g)
        ?.toSorted(),
    ).toEqual(['shell.openExternal', 'shell.openPath'])
  })

  it('15: the system is given no folder but ours, by name and not by path', async () => {
    const event = { sender: contents(), senderFrame: { url: page, parent: null } }
    const open = (folder: unknown) =>
      electron.ipcMain.invoke(event, ipcChannels.execute, 'diagnose.openFolder', JSON.stringify({ folder }))
    for (const folder of ['/etc', '../log', 'log/..', 7])
      expect(await open(folder)).toMatchObject({ failure: { code: 'command_invalid' } })
    expect(await open('log')).toEqual({ ok: true, value: null })
    expect(electron.made.folders).toEqual([path.join(profile, 'log')])
  })

  it('16: one version of Electron is named, and it is the one whose types are checked', () => {
    const installed: unknown = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'))
    expect(packageJson.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
    expect(installed).toMatchObject({ version: packageJson.devDependencies.electron })
  })

  it.each<[string, (own: unknown) => object]>([
    ['another window', () => ({ sender: {}, senderFrame: { url: page, parent: null } })],
    ['a frame inside', (own) => ({ sender: own, senderFrame: { url: page, parent: {} } })],
    ['another page', (own) => ({ sender: own, senderFrame: { url: 'https://evil.example/', parent: null } })],
    [
      'a page that looks like ours',
      (own) => ({ sender: own, senderFrame: { url: 'app://notifier.evil/', parent: null } }),
    ],
    ['a frame that has gone', (own) => ({ sender: own, senderFrame: null })],
  ])('17: nobody but our page’s main frame is heard: not %s', async (_name, eventOf) => {
    const event = Object.assign({ sender: undefined, senderFrame: null }, eventOf(contents()))
    const before = contents().sent.length
    const answer = await electron.ipcMain.invoke(event, ipcChannels.execute, 'account.refresh', JSON.stringify({}))
    expect(answer).toEqual({ ok: false, failure: { code: 'not_authorised' } })
    electron.ipcMain.send(event, ipcChannels.watch)
    expect(contents().sent).toHaveLength(before)
  })

  it('17: what our page sends is validated by a schema', async () => {
    const event = { sender: contents(), senderFrame: { url: page, parent: null } }
    for (const [name, input] of [
      ['no.command', {}],
      ['account.refresh', { account: 7 }],
      [{}, null],
    ]) {
      const answer = await electron.ipcMain.invoke(event, ipcChannels.execute, name, JSON.stringify(input))
      expect(answer).toMatchObject({ ok: false, failure: { code: 'command_invalid' } })
    }
  })

  it('18: our pages have a scheme of their own, which does not lead out of its folder', async () => {
    expect(electron.made.schemes.map(({ scheme }) => scheme)).toEqual(['app'])
    expect(electron.made.schemes[0]?.privileges).not.toHaveProperty('bypassCSP')
    expect(sources('electron')).not.toMatch(/loadFile\(|['"`]file:\/\//)
    for (const way of ['..%2f..%2fpackage.json', '../../package.json', '%2e%2e/package.json', '..\\package.json'])
      expect((await electron.protocol.request(`app://notifier/${way}`)).status).toBe(404)
  })

  it('19: the fuses that give our program away are off, those that guard it are on', () => {
    const fuses = fusesOf('release')
    expect([fuses[FuseV1Options.RunAsNode], fuses[FuseV1Options.EnableNodeCliInspectArguments]]).toEqual([false, false])
    expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(false)
    expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(true)
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(true)
  })

  it('beyond its points: crash dumps are sent nowhere', () => {
    expect(electron.made.crashReporters).toEqual([{ uploadToServer: false }])
    expect(electron.made.paths.get('crashDumps')).toBe(path.join(profile, 'crashes'))
  })

  it('20: the page gets two functions, and neither `ipcRenderer` nor its events', async () => {
    const exposed: [string, object][] = []
    const heard: unknown[][] = []
    const listeners: ((event: unknown, update: unknown) => void)[] = []
    vi.doMock('electron', () => ({
      contextBridge: { exposeInMainWorld: (name: string, api: object) => exposed.push([name, api]) },
      ipcRenderer: {
        invoke: async () => undefined,
        send: () => undefined,
        on: (_channel: string, listener: (event: unknown, update: unknown) => void) => listeners.push(listener),
        off: () => undefined,
      },
    }))
    await import('./preload.ts')
    expect(exposed.map(([name, api]) => [name, Object.keys(api).toSorted()])).toEqual([
      ['notifier', ['execute', 'onUpdate']],
    ])
    const onUpdate: unknown = Reflect.get(exposed[0]?.[1] ?? {}, 'onUpdate')
    if (typeof onUpdate !== 'function') throw new Error('no onUpdate')
    onUpdate((...all: unknown[]) => heard.push(all))
    listeners[0]?.({ sender: 'ipcRenderer' }, 'an update')
    expect(heard).toEqual([['an update']])
  })
})
