import { defineInterface } from 'dbus-native'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBusctl } from '../engine/desktop/busctl.ts'
import { sessionIsLocked } from '../engine/desktop/session-is-locked.ts'
import { type SessionBus, startSessionBus } from '../test/rig/start-session-bus.ts'
import { onPath } from '../test/system-parts.mjs'
import { openSessionBus } from './session-bus.ts'

// Here, because only this shell may use the library that plays logind.

describe.skipIf(!onPath('dbus-daemon') || !onPath('busctl'))(
  'the lock of a session (needs dbus-daemon and busctl)',
  () => {
    let bus: SessionBus
    beforeEach(async () => {
      bus = await startSessionBus()
    })
    afterEach(async () => await bus.stop())

    it('is what its desktop has told logind, on the system’s bus', async () => {
      const { DBUS_SESSION_BUS_ADDRESS: address, PATH } = bus.environment
      const { readProperty } = createBusctl({ PATH, DBUS_SYSTEM_BUS_ADDRESS: address }, 'system')
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
  },
)

it('is unknown where something else is told', async () => {
  expect(await sessionIsLocked(async () => 'yes')).toBeUndefined()
})
