import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import type { NotificationTypeName } from '../../test/forum/notification-types.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { fc, propertyRuns } from '../../test/rig/properties.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import type { DesktopNotification } from '../ports/notification-port.ts'
import { chimeWav } from './sound/chime.ts'

// What the user has chosen about alerts, against the simulated forum over real HTTP.

const { connected: start } = setUpRigs()

const minute = 60_000
const bodies = (rig: EngineRig) => rig.alerts.map(({ body }) => body.split('\n')[0])

const notify = (forum: Forum, type: NotificationTypeName, topicTitle = 'Cats') =>
  forum.notify({ user: 'eve', type, from: 'alice', topicTitle })

describe('a level', () => {
  it('says what is told, and what is counted only', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('preferences.change', { alerts: { level: 'messages' } }))
    for (const type of ['liked', 'mentioned', 'private_message', 'replied'] as const) {
      notify(forum, type)
      await pass(7000)
    }
    expect(bodies(rig)).toEqual(['alice mentioned you in “Cats”', 'alice sent you a message: “Cats”'])
    // The reply took the row of the message, for both are in one topic (protocol.md 14).
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(3)
  })

  it('of one account stands before the default one, and a kind before both', async () => {
    const { forum, rig, id, pass } = await start()
    const account = { level: 'nothing', kinds: { liked: 'always' } } as const
    expectOk(await rig.run('preferences.change', { accounts: { [id]: account } }))
    notify(forum, 'mentioned')
    notify(forum, 'liked', 'Dogs')
    await pass(10_000)
    expect(bodies(rig)).toEqual(['alice liked your post in “Dogs”'])
  })
})

describe('a topic', () => {
  it('can be muted from its alert', async () => {
    const { forum, rig, pass } = await start()
    notify(forum, 'mentioned')
    await pass(2000)
    const mute = rig.alerts[0]?.actions.find(({ id }) => id === 'muteTopic')?.command
    expect(await rig.engine.execute(mute?.name, mute?.input)).toEqual({ ok: true, value: null })
    notify(forum, 'replied')
    notify(forum, 'replied', 'Dogs')
    await pass(10_000)
    expect(bodies(rig)).toEqual(['alice mentioned you in “Cats”', 'alice replied in “Dogs”'])
  })
})

describe('a rule', () => {
  it("on words or a person stands before level and kind, the account's own before those for all", async () => {
    const { forum, rig, id, pass } = await start()
    const never = { about: 'person', text: '@alice', alert: 'never' } as const
    const always = { about: 'words', text: 'cats', alert: 'always' } as const
    const accounts = { [id]: { level: 'nothing' as const, rules: [always] } }
    expectOk(await rig.run('preferences.change', { alerts: { rules: [never] }, accounts }))
    notify(forum, 'mentioned', 'Dogs')
    notify(forum, 'liked', 'All about cats')
    await pass(10_000)
    expect(bodies(rig)).toEqual(['alice liked your post in “All about cats”'])
  })

  it('does not make a muted topic heard', async () => {
    const { forum, rig, id, pass } = await start()
    const { topicId } = notify(forum, 'mentioned')
    await pass(2000)
    expectOk(await rig.run('topic.mute', { account: id, topic: topicId ?? 0 }))
    const always = { about: 'words', text: 'cats', alert: 'always' } as const
    expectOk(await rig.run('preferences.change', { alerts: { rules: [always] } }))
    rig.alerts.splice(0)
    notify(forum, 'replied')
    await pass(10_000)
    expect(bodies(rig)).toEqual([])
  })
})

describe('what alerts show', () => {
  it('is no name and no text where the user wants that, or the screen is locked', async () => {
    const { forum, rig, pass } = await start()
    rig.engine.setPresence({ user: 'locked' })
    notify(forum, 'mentioned')
    await pass(5 * minute)
    rig.engine.setPresence({ user: 'active' })
    expectOk(await rig.run('preferences.change', { alerts: { hideContent: true } }))
    await pass(0)
    notify(forum, 'mentioned', 'Dogs')
    await pass(10_000)
    expect(rig.alerts.map(({ title, body }) => [title, body])).toEqual([
      ['Meta', 'Something new'],
      ['Meta', 'Something new'],
    ])
  })

  it('is one alert with a number for all that comes while the screen is locked, without what was read meanwhile', async () => {
    const { forum, rig, pass } = await start()
    rig.engine.setPresence({ user: 'locked' })
    const { id } = notify(forum, 'mentioned', 'Cats')
    await pass(5 * minute)
    notify(forum, 'replied', 'Dogs')
    await pass(5 * minute)
    forum.markRead('eve', id)
    notify(forum, 'quoted', 'Birds')
    notify(forum, 'mentioned', 'Bees')
    await pass(5 * minute)
    expect(bodies(rig)).toEqual(['Something new', '2 new notifications', '3 new notifications'])
    expect(new Set(rig.alerts.map(({ tag }) => tag)).size).toBe(1)
    rig.engine.setPresence({ user: 'active' })
    await pass(0)
    rig.engine.setPresence({ user: 'locked' })
    notify(forum, 'mentioned', 'Fish')
    await pass(5 * minute)
    expect(bodies(rig).at(-1)).toBe('Something new')
  })

  it('comes with the sound that was chosen', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('preferences.change', { alerts: { sound: 'drop', volume: 50 } }))
    notify(forum, 'mentioned')
    await pass(2000)
    expect(rig.alerts).toMatchObject([{ silent: true }])
    expect(rig.played).toEqual([chimeWav('drop', 50)])
  })

  it('comes without a sound where the user wants none', async () => {
    const { forum, rig, id, pass } = await start()
    expectOk(await rig.run('preferences.change', { accounts: { [id]: { sound: false } } }))
    notify(forum, 'mentioned')
    await pass(2000)
    expect(rig.alerts).toMatchObject([{ silent: true }])
  })
})

describe('quiet', () => {
  it('ends in one summary of what is still new', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('quiet.pause', { for: '30min' }))
    const { id } = notify(forum, 'mentioned')
    notify(forum, 'replied')
    notify(forum, 'liked')
    await pass(10 * minute)
    forum.markRead('eve', id)
    await rig.restart()
    await pass(19 * minute)
    expect(rig.alerts).toEqual([])
    await pass(2 * minute)
    expect(bodies(rig)).toEqual(['2 new notifications while it was quiet'])
    await pass(30 * minute)
    expect(rig.alerts).toHaveLength(1)
  })

  it('lets through what is of high priority, when the user wants that', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('preferences.change', { quiet: { pausedUntil: 'open', exceptHighPriority: true } }))
    notify(forum, 'mentioned')
    notify(forum, 'private_message', 'Dogs')
    await pass(10_000)
    expect(bodies(rig)).toEqual(['alice sent you a message: “Dogs”'])
  })

  it('lets messages of certain people through, and nothing else of theirs', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('preferences.change', { quiet: { pausedUntil: 'open', exceptPeople: ['@Alice'] } }))
    notify(forum, 'mentioned')
    notify(forum, 'private_message', 'Dogs')
    forum.notify({ user: 'eve', type: 'private_message', from: 'bob', topicTitle: 'Birds' })
    await pass(10_000)
    expect(bodies(rig)).toEqual(['alice sent you a message: “Dogs”'])
  })

  it('is kept where the user has asked the forum for it', async () => {
    const { forum, rig, pass } = await start()
    forum.setDoNotDisturb('eve', rig.clock.now() + 20 * minute)
    await pass(7000)
    notify(forum, 'mentioned')
    await pass(15 * minute)
    expect(rig.alerts).toEqual([])
    await pass(6 * minute)
    expect(bodies(rig)).toEqual(['1 new notification while it was quiet'])
  })

  it('keeps back that an account has to be signed in again, and says it once afterwards', async () => {
    const { forum, rig, pass } = await start()
    expectOk(await rig.run('quiet.pause', { for: '30min' }))
    forum.revokeKeys('eve')
    await pass(20 * minute)
    expect(rig.alerts).toEqual([])
    await pass(12 * minute)
    expect(bodies(rig)).toEqual([expect.stringContaining('Sign in again.')])
  })
})

/** One thing that may happen. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('notify' as const), topic: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constantFrom('pause', 'resume', 'restart', 'lock', 'unlock', 'drop', 'mend') }),
)

/** While the screen is locked there is one alert, which the next one replaces and counts along. */
const isReplaced = (alerts: readonly DesktopNotification[], at: number, unlockedAt: readonly number[]): boolean => {
  const tag = alerts[at]?.tag
  const next = alerts.findIndex((alert, index) => index > at && alert.tag === tag)
  if (tag?.endsWith('-hidden') !== true || next === -1) return false
  return !unlockedAt.some((index) => index > at && index <= next)
}

describe('whatever happens', () => {
  it('each notification is told once, or counted in one summary, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { forum, rig, pass } = await start()
        let made = 0
        /** How many alerts there had been at each unlocking; a start finds the screen unlocked. */
        const unlockedAt: number[] = []
        const unlocked = (): void => void unlockedAt.push(rig.alerts.length)
        for (const happening of steps) {
          if (happening.kind === 'notify') {
            made += 1
            notify(forum, 'mentioned', `Topic ${'topic' in happening ? happening.topic : 0}`)
          }
          if (happening.kind === 'pass') await pass('seconds' in happening ? happening.seconds * 1000 : 0)
          if (happening.kind === 'pause') expectOk(await rig.run('quiet.pause', { for: 'open' }))
          if (happening.kind === 'resume') expectOk(await rig.run('quiet.resume', {}))
          if (happening.kind === 'restart') {
            await rig.restart()
            unlocked()
          }
          if (happening.kind === 'lock') rig.engine.setPresence({ user: 'locked' })
          if (happening.kind === 'unlock') {
            rig.engine.setPresence({ user: 'active' })
            unlocked()
          }
          if (happening.kind === 'drop') forum.fault({ kind: 'drop' })
          if (happening.kind === 'mend') forum.clearFaults()
        }
        forum.clearFaults()
        rig.engine.setPresence({ user: 'active' })
        unlocked()
        expectOk(await rig.run('quiet.resume', {}))
        expectOk(await rig.run('account.refresh', {}))
        await pass(3 * minute)
        const standing = rig.alerts.filter((_, at) => !isReplaced(rig.alerts, at, unlockedAt))
        const single = standing.filter(({ actions }) => actions.some(({ id }) => id === 'markRead'))
        const summed = standing
          .filter((alert) => !single.includes(alert))
          .reduce((sum, { body }) => sum + Number.parseInt(body, 10), 0)
        const named = single.map(({ tag }) => tag).filter((tag) => !tag.endsWith('-hidden'))
        expect(new Set(named).size).toBe(named.length)
        expect(single.length + summed).toBe(made)
      }),
      // Whole courses of events; forum-events.property.test.ts tries many more of them, with fewer preferences.
      { numRuns: propertyRuns(8) },
    )
  })
})
