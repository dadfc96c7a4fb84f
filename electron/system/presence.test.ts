import { describe, expect, it } from 'vitest'
import type { Presence } from '../../engine/sync/presence.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { PowerDouble } from '../testing/electron-double.ts'
import { idleThreshold, lockLookEvery, lookEvery, watchPresence } from './presence.ts'

const setUp = (prepare?: (power: PowerDouble) => void, askLocked?: () => Promise<boolean | undefined>) => {
  const power = new PowerDouble()
  prepare?.(power)
  const clock = createFakeClock()
  let presence: Partial<Presence> = {}
  watchPresence({
    power,
    clock,
    askLocked,
    engine: {
      setPresence: (changes) => {
        presence = { ...presence, ...changes }
      },
    },
  })
  return { power, clock, presence: () => presence }
}

describe('presence', () => {
  it('is reported as it is found', () => {
    const { power, presence } = setUp((double) => {
      double.isOnBattery = true
    })
    expect(presence()).toEqual({ machine: 'awake', user: 'active', power: 'battery' })
    expect(power.thresholds).toEqual([idleThreshold])
  })

  it('follows sleep', () => {
    const { power, presence } = setUp()
    power.emit('suspend')
    expect(presence().machine).toBe('asleep')
    power.emit('resume')
    expect(presence().machine).toBe('awake')
  })

  it('stays asleep when the minute is up just before the machine sleeps', () => {
    const { power, clock, presence } = setUp()
    clock.advance(lookEvery - 1000)
    power.emit('suspend')
    clock.advance(2000)
    expect(presence().machine).toBe('asleep')
  })

  it('notices that a machine reported as asleep is not', () => {
    const { power, clock, presence } = setUp()
    power.emit('suspend')
    clock.advance(lookEvery)
    expect(presence().machine).toBe('awake')
  })

  it('follows the lock, where it is reported', () => {
    const { power, presence } = setUp()
    power.emit('lock-screen')
    expect(presence().user).toBe('locked')
    power.emit('unlock-screen')
    expect(presence().user).toBe('active')
  })

  it('stays locked while the user is only reported as idle', () => {
    const { power, clock, presence } = setUp()
    power.emit('lock-screen')
    power.idleState = 'idle'
    clock.advance(lookEvery)
    expect(presence().user).toBe('locked')
    // An unlocking that was not told.
    power.idleState = 'active'
    clock.advance(lookEvery)
    power.idleState = 'idle'
    clock.advance(lookEvery)
    expect(presence().user).toBe('idle')
  })

  it.each([
    ['idle', 'idle'],
    ['locked', 'locked'],
    ['unknown', 'active'],
  ] as const)('takes %s for %s, within a minute', (state, user) => {
    const { power, clock, presence } = setUp()
    power.idleState = state
    clock.advance(lookEvery)
    expect(presence().user).toBe(user)
  })

  it('asks the session about the lock where Electron does not report it, and works without an answer', async () => {
    let isLocked: boolean | undefined = false
    const { clock, presence } = setUp(undefined, async () => isLocked)
    isLocked = true
    clock.advance(lockLookEvery)
    await expect.poll(() => presence().user).toBe('locked')
    clock.advance(lockLookEvery)
    expect(presence().user).toBe('locked')
    isLocked = undefined
    clock.advance(lockLookEvery)
    await expect.poll(() => presence().user).toBe('active')
  })

  it('follows the power, by events where there are any and within a minute elsewhere', () => {
    const { power, clock, presence } = setUp()
    power.emit('on-battery')
    expect(presence().power).toBe('battery')
    power.emit('on-ac')
    expect(presence().power).toBe('mains')
    power.isOnBattery = true
    clock.advance(lookEvery)
    expect(presence().power).toBe('battery')
  })
})
