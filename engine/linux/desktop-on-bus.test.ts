import { defineInterface } from 'dbus-native'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SessionBus, startSessionBus } from '../../test/rig/start-session-bus.ts'
import { onPath } from '../../test/system-parts.mjs'
import { createDesktopBus } from './desktop-bus.ts'
import { desktopHasTray } from './desktop-has-tray.ts'
import { openSessionBus } from './open-bus.ts'
import { sessionIsLocked } from './session-is-locked.ts'

describe.skipIf(!onPath('dbus-daemon'))('a desktop on a real bus (needs dbus-daemon)', () => {
  let bus: SessionBus
  beforeEach(async () => {
    bus = await startSessionBus()
  })
  afterEach(async () => await bus.stop())

  it('has a tray from when a host of icons says so until it leaves', async () => {
    const hasTray = () => desktopHasTray(createDesktopBus(bus.environment), {}, '/nonexistent')
    expect(await hasTray()).toBe(false)
    const panel = openSessionBus(bus.environment)
    if (panel === undefined) throw new Error('no bus')
    let hasHost = false
    const name = 'org.kde.StatusNotifierWatcher'
    const IsStatusNotifierHostRegistered = { type: 'b', access: 'read', get: () => hasHost } as const
    const watcher = defineInterface({ name, properties: { IsStatusNotifierHostRegistered } })
    await panel.export('/StatusNotifierWatcher', watcher)
    await panel.requestName(name, 0)
    expect(await hasTray()).toBe(false)
    hasHost = true
    expect(await hasTray()).toBe(true)
    panel.connection.end()
    await expect.poll(hasTray).toBe(false)
  })

  it('says whether the session is locked, through logind on the system’s bus', async () => {
    const { DBUS_SESSION_BUS_ADDRESS: address } = bus.environment
    const { readProperty } = createDesktopBus({ DBUS_SYSTEM_BUS_ADDRESS: address }, 'system')
    expect(await sessionIsLocked(readProperty)).toBeUndefined()
    const logind = openSessionBus(bus.environment)
    if (logind === undefined) throw new Error('no bus')
    let isLocked = true
    const LockedHint = { type: 'b', access: 'read', get: () => isLocked } as const
    const session = defineInterface({ name: 'org.freedesktop.login1.Session', properties: { LockedHint } })
    await logind.export('/org/freedesktop/login1/session/auto', session)
    await logind.requestName('org.freedesktop.login1', 0)
    expect(await sessionIsLocked(readProperty)).toBe(true)
    isLocked = false
    expect(await sessionIsLocked(readProperty)).toBe(false)
    logind.connection.end()
  })
})

it('a session’s lock is unknown where something else is told', async () => {
  expect(await sessionIsLocked(async () => 'yes')).toBeUndefined()
})
