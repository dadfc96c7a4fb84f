import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { defineInterface } from 'dbus-native'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBusctl } from '../../engine/linux/busctl.ts'
import type { PropertyName } from '../../engine/linux/desktop-bus.ts'
import { type SessionBus, startSessionBus } from '../../test/rig/start-session-bus.ts'
import { onPath } from '../../test/system-parts.mjs'
import { readOverBus } from './read-over-bus.ts'
import { openSessionBus } from './session-bus.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bus-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const watcher = 'org.kde.StatusNotifierWatcher'
const property = (name: string): PropertyName => {
  return { destination: watcher, path: '/StatusNotifierWatcher', interface: watcher, name }
}

const readers = [
  {
    shell: 'Electron, through busctl',
    reader: (environment: NodeJS.ProcessEnv) => createBusctl(environment).readProperty,
  },
  { shell: 'the headless shell, with its library', reader: readOverBus },
]

describe.skipIf(!onPath('dbus-daemon') || !onPath('busctl'))(
  'a real session bus (needs dbus-daemon and busctl)',
  () => {
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

    it.each(readers)('is asked for properties by $shell', async ({ reader }) => {
      const read = reader(bus.environment)
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
      const { hasOwner } = createBusctl(bus.environment)
      expect(await hasOwner(watcher)).toBe(false)
      const program = await startWatcher()
      expect(await hasOwner(watcher)).toBe(true)
      expect(await hasOwner('--help')).toBe(false)
      program.end()
    })
  },
)

// A bus's socket is a file, which Windows does not have.
describe.skipIf(process.platform === 'win32')('where there is no session bus', () => {
  it.each(readers)('$shell reads nothing', async ({ reader }) => {
    const read = async (environment: NodeJS.ProcessEnv): Promise<unknown> =>
      await reader({ PATH: process.env['PATH'], ...environment })(property('ProtocolVersion'))
    expect(await read({ XDG_RUNTIME_DIR: folder })).toBeUndefined()
    expect(await read({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` })).toBeUndefined()
    expect(await read({ DBUS_SESSION_BUS_ADDRESS: 'nonsense' })).toBeUndefined()
  })

  it.each(readers)('$shell reads nothing from one that hangs up', async ({ reader }) => {
    const socket = path.join(folder, 'bus')
    const server = createServer((connection) => connection.destroy())
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    const read = reader({ PATH: process.env['PATH'], XDG_RUNTIME_DIR: folder })
    expect(await read(property('ProtocolVersion'))).toBeUndefined()
    server.close()
  })
})

describe.skipIf(process.platform === 'win32')('a busctl that answers strangely', () => {
  const stranger = (script: string) => {
    const program = path.join(folder, 'busctl')
    writeFileSync(program, `#!/bin/sh\n${script}\n`)
    chmodSync(program, 0o755)
    return createBusctl({ PATH: `${folder}:/usr/bin:/bin` })
  }

  it.each(['echo nonsense', 'echo "{}"', `echo '{"data":"yes"}'; exit 1`, 'head -c 100000 /dev/zero', 'kill -9 $$'])(
    'has told nothing: %s',
    async (script) => {
      const { hasOwner, readProperty } = stranger(script)
      expect(await hasOwner(watcher)).toBeUndefined()
      expect(await readProperty(property('ProtocolVersion'))).toBeUndefined()
    },
  )

  it('is nobody where there is none', async () => {
    expect(await createBusctl({ PATH: folder }).hasOwner(watcher)).toBeUndefined()
  })
})
