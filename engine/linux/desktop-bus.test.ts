import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { defineInterface } from 'dbus-native'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SessionBus, startSessionBus } from '../../test/rig/start-session-bus.ts'
import { onPath } from '../../test/system-parts.mjs'
import { createDesktopBus, type PropertyName } from './desktop-bus.ts'
import { openSessionBus } from './open-bus.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bus-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const watcher = 'org.kde.StatusNotifierWatcher'
const property = (name: string): PropertyName => {
  return { destination: watcher, path: '/StatusNotifierWatcher', interface: watcher, name }
}

describe.skipIf(!onPath('dbus-daemon'))('a real session bus (needs dbus-daemon)', () => {
  let bus: SessionBus
  beforeEach(async () => {
    bus = await startSessionBus()
  })
  afterEach(async () => await bus.stop())

  /** Has a program on the bus that says it is a tray. */
  const startWatcher = async () => {
    const program = openSessionBus(bus.environment)
    if (program === undefined) throw new Error('no bus')
    const properties = {
      IsStatusNotifierHostRegistered: { type: 'b', access: 'read', value: true },
      ProtocolVersion: { type: 'i', access: 'read', value: 0 },
      RegisteredStatusNotifierItems: { type: 'as', access: 'read', value: ['a', 'b'] },
    } as const
    await program.export('/StatusNotifierWatcher', defineInterface({ name: watcher, properties }))
    await program.requestName(watcher, 0)
    return { end: () => program.connection.end() }
  }

  it('is asked for properties', async () => {
    const read = createDesktopBus(bus.environment).readProperty
    expect(await read(property('IsStatusNotifierHostRegistered'))).toBeUndefined()
    const program = await startWatcher()
    expect(await read(property('IsStatusNotifierHostRegistered'))).toBe(true)
    expect(await read(property('ProtocolVersion'))).toBe(0)
    expect(await read(property('RegisteredStatusNotifierItems'))).toEqual(['a', 'b'])
    expect(await read(property('Nonsense'))).toBeUndefined()
    program.end()
    await expect.poll(() => read(property('IsStatusNotifierHostRegistered'))).toBeUndefined()
  })

  it('tells whether a program answers to a name', async () => {
    const { hasOwner } = createDesktopBus(bus.environment)
    expect(await hasOwner(watcher)).toBe(false)
    const program = await startWatcher()
    expect(await hasOwner(watcher)).toBe(true)
    expect(await hasOwner('--help')).toBe(false)
    program.end()
  })
})

// A bus's socket is a file, which Windows does not have.
describe.skipIf(process.platform === 'win32')('where there is no session bus', () => {
  it('nothing is read', async () => {
    const read = async (environment: NodeJS.ProcessEnv): Promise<unknown> =>
      await createDesktopBus(environment).readProperty(property('ProtocolVersion'))
    expect(await read({ XDG_RUNTIME_DIR: folder })).toBeUndefined()
    expect(await read({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` })).toBeUndefined()
    expect(await read({ DBUS_SESSION_BUS_ADDRESS: 'nonsense' })).toBeUndefined()
  })

  it('nothing is read from one that hangs up', async () => {
    const socket = path.join(folder, 'bus')
    const server = createServer((connection) => connection.destroy())
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    const read = createDesktopBus({ XDG_RUNTIME_DIR: folder }).readProperty
    expect(await read(property('ProtocolVersion'))).toBeUndefined()
    server.close()
  })
})
