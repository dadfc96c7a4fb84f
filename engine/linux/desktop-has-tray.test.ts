import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onPath } from '../../test/system-parts.mjs'
import type { DesktopBus } from './desktop-bus.ts'
import { desktopHasTray } from './desktop-has-tray.ts'
import { internAtom, openXDisplay, type XDisplay } from './x-display.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tray-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const busWith = (owner: boolean | undefined, hasHost?: unknown): Pick<DesktopBus, 'hasOwner' | 'readProperty'> => ({
  hasOwner: async (name) => (name === 'org.kde.StatusNotifierWatcher' ? owner : false),
  readProperty: async ({ path: object, name }) =>
    object === '/StatusNotifierWatcher' && name === 'IsStatusNotifierHostRegistered' ? hasHost : undefined,
})

// A real bus is asked in desktop-on-bus.test.ts.
describe('whether a desktop has a tray, by its bus', () => {
  it.each([
    ['a watcher with a host', busWith(true, true), true],
    ['a watcher that does not say', busWith(true), true],
    ['a watcher without a host', busWith(true, false), false],
    ['no watcher', busWith(false), false],
    ['no bus', busWith(undefined), undefined],
  ])('is told by %s', async (_what, bus, answer) => {
    expect(await desktopHasTray(bus, {}, home)).toBe(answer)
  })
})

/** A display of the test's own, behind a cookie as sessions have it. */
const startDisplay = async (cookie: string) => {
  const authority = path.join(home, 'authority')
  const field = (text: string | Buffer): Buffer => {
    const bytes = Buffer.from(text)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  }
  const entry = (number: string, secret: Buffer): Buffer =>
    Buffer.concat([Buffer.from([1, 0]), field('host'), field(number), field('MIT-MAGIC-COOKIE-1'), field(secret)])
  const secret = Buffer.from(cookie, 'hex')
  writeFileSync(authority, Buffer.concat([entry('9999', Buffer.alloc(16, 7)), entry('', secret)]))
  const server = spawn('Xvfb', ['-displayfd', '1', '-auth', authority, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', resolve)
    server.once('exit', () => reject(new Error('no display')))
  })
  return {
    environment: { DISPLAY: `:${number}`, XAUTHORITY: authority },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    },
  }
}

/** Takes a selection as a tray does: with a window of its own, until it hangs up. */
const own = async (display: XDisplay, selection: string): Promise<void> => {
  const window = display.setup.readUInt32LE(12) + 1
  const vendor = display.setup.readUInt16LE(24)
  const formats = display.setup[29] ?? 0
  const root = display.setup.readUInt32LE(40 + Math.ceil(vendor / 4) * 4 + 8 * formats)
  const atom = await internAtom(display, selection, false)
  const create = Buffer.alloc(32)
  create.set([1, 0, 8, 0])
  create.writeUInt32LE(window, 4)
  create.writeUInt32LE(root, 8)
  create.writeUInt16LE(1, 16)
  create.writeUInt16LE(1, 18)
  create.writeUInt16LE(2, 22)
  display.send(create)
  const take = Buffer.alloc(16)
  take.set([22, 0, 4, 0])
  take.writeUInt32LE(window, 4)
  take.writeUInt32LE(atom, 8)
  display.send(take)
  // Whatever has an answer shows that the server has come this far.
  await internAtom(display, selection)
}

describe.skipIf(!onPath('Xvfb'))('whether a desktop has a tray, by a real X11 display (needs Xvfb)', () => {
  it('is told by who owns the selection of trays', async () => {
    const { environment, stop } = await startDisplay('00112233445566778899aabbccddeeff')
    const hasTray = () => desktopHasTray(busWith(false), environment, home)
    expect(await hasTray()).toBe(false)
    const other = await openXDisplay(environment, home)
    const tray = await openXDisplay(environment, home)
    if (other === undefined || tray === undefined) throw new Error('no display')
    await own(other, '_NET_SYSTEM_TRAY_S1')
    expect(await hasTray()).toBe(false)
    await own(tray, '_NET_SYSTEM_TRAY_S0')
    expect(await hasTray()).toBe(true)
    expect(await desktopHasTray(busWith(undefined), environment, home)).toBe(true)
    // Xwayland's trays show nothing.
    expect(await desktopHasTray(busWith(false), { ...environment, WAYLAND_DISPLAY: 'wayland-0' }, home)).toBe(false)
    tray.end()
    await expect.poll(hasTray).toBe(false)
    other.end()
    await stop()
  })

  it('is not told without the cookie', async () => {
    const { environment, stop } = await startDisplay('00112233445566778899aabbccddeeff')
    expect(await openXDisplay({ DISPLAY: environment.DISPLAY }, home)).toBeUndefined()
    writeFileSync(path.join(home, '.Xauthority'), 'nonsense')
    expect(await openXDisplay({ DISPLAY: environment.DISPLAY }, home)).toBeUndefined()
    await stop()
  })
})

describe('an X11 display', () => {
  it.each([undefined, '', ':', 'far.example:0', ':7x', ':65000'])('is not there for %j', async (DISPLAY) => {
    expect(await openXDisplay({ DISPLAY }, home)).toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')('that hangs up, or talks nonsense, is none', async () => {
    for (const words of ['', '\u0001\0\u000b\0\0\0\0\0', 'nonsense']) {
      const number = 64_000 + Math.floor(process.pid % 1000)
      const socket = `/tmp/.X11-unix/X${number}`
      const server = createServer((connection) => connection.end(words))
      const isThere = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false))
        server.listen(socket, () => resolve(true))
      })
      if (isThere) expect(await desktopHasTray(busWith(false), { DISPLAY: `:${number}` }, home)).toBe(false)
      server.close()
    }
  })
})
