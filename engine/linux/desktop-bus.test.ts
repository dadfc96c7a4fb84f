import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
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

  it('tells a notification server that says nothing from one that answers', async () => {
    const capabilities = (deadline: number) =>
      createDesktopBus(bus.environment, 'session', deadline).notificationCapabilities()
    const program = openSessionBus(bus.environment)
    if (program === undefined) throw new Error('no bus')
    let isSilent = false
    const server = defineInterface({
      name: 'org.freedesktop.Notifications',
      methods: {
        GetCapabilities: {
          out: { capabilities: 'as' },
          handler: () => (isSilent ? new Promise(() => undefined) : ['body-markup']),
        },
      },
    })
    await program.export('/org/freedesktop/Notifications', server)
    await program.requestName('org.freedesktop.Notifications', 0)
    expect(await capabilities(10_000)).toEqual(['body-markup'])
    isSilent = true
    expect(await capabilities(3_000)).toBe('silent')
    program.connection.end()
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

describe.skipIf(!onPath('dbus-daemon'))('a session bus that takes no more connections (needs dbus-daemon)', () => {
  it('is as good as none', async () => {
    // What a bus answers whose user has opened too many: the greeting is refused, after the authentication.
    const file = path.join(folder, 'bus.conf')
    writeFileSync(
      file,
      `<busconfig><include>/usr/share/dbus-1/session.conf</include>
        <limit name="max_connections_per_user">1</limit></busconfig>`,
    )
    const bus = await startSessionBus(file)
    const first = openSessionBus(bus.environment)
    await first?.addMatch(`type='signal',sender='${watcher}'`)
    expect(await createDesktopBus(bus.environment).hasOwner(watcher)).toBeUndefined()
    await expect(openSessionBus(bus.environment)?.requestName(watcher, 0)).rejects.toThrow()
    first?.connection.end()
    await bus.stop()
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

  it.each([
    ['before it has let anybody in', () => undefined],
    // D-Bus specification, “Authentication Protocol”.
    ['once it has let us in', (connection: Socket) => connection.write(`OK ${'0'.repeat(32)}\r\n`)],
  ])('nothing is read from one that stays silent %s', async (_when, onQuestion) => {
    const sockets: Socket[] = []
    const server = createServer((connection) => {
      sockets.push(connection)
      connection.once('data', () => onQuestion(connection))
    })
    const socket = path.join(folder, 'bus')
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    const bus = openSessionBus({ XDG_RUNTIME_DIR: folder }, 50)
    // The greeting is not answered either; an error that nobody catches would fail the test run.
    await expect(bus?.requestName(watcher, 0)).rejects.toThrow()
    for (const one of sockets) one.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
})
