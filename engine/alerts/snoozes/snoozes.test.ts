import { describe, expect, it } from 'vitest'
import type { Forum } from '../../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../../test/rig/set-up-rigs.ts'

// Notifications that the user puts off, against the simulated forum over real HTTP.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
const hour = 60 * minute

const start = async (profile: '2.9' | '3.4' | 'latest' = '3.4') => {
  const forum = await forumOf({ profile })
  const rig = await rigOf({ timeZone: 'UTC' })
  const account = await rig.connect(forum, 'eve')
  const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
  await pass(0)
  // Hours pass here: without a held live channel they take fewer requests.
  rig.engine.setPresence({ user: 'idle' })
  return { forum, rig, account, pass }
}

const mention = (forum: Forum, topicTitle: string) =>
  forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle })

const shown = (rig: EngineRig) => rig.engine.snapshot().accounts[0]
const bodies = (rig: EngineRig) => rig.alerts.map(({ body }) => body.split('\n')[0])

describe.each(['2.9', '3.4', 'latest'] as const)('on version %s, a snoozed notification', (profile) => {
  it('is not counted until it is due, and comes back as news', async () => {
    const { forum, rig, account, pass } = await start(profile)
    const { id } = mention(forum, 'Cats')
    mention(forum, 'Dogs')
    await pass(4 * minute)
    const at = rig.clock.now()
    expect(shown(rig)?.counts?.total).toBe(2)
    const { until } = expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'later' }))
    expect(until).toBe(at + 3 * hour)
    expect(shown(rig)).toMatchObject({ counts: { total: 1 }, snoozed: [{ notification: id, until }] })
    rig.alerts.splice(0)
    await pass(2 * hour)
    expect(shown(rig)?.counts?.total).toBe(1)
    expect(rig.alerts).toEqual([])
    await pass(hour + minute)
    expect(shown(rig)).toMatchObject({ counts: { total: 2 }, snoozed: [] })
    expect(bodies(rig)).toEqual(['alice mentioned you in “Cats”'])
  })
})

describe('a snoozed notification', () => {
  it('comes back once after a restart during which it fell due', async () => {
    const { forum, rig, account, pass } = await start()
    const { id } = mention(forum, 'Cats')
    await pass(4 * minute)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'later' }))
    rig.alerts.splice(0)
    await rig.restart()
    await pass(minute)
    expect(shown(rig)).toMatchObject({ counts: { total: 0 }, snoozed: [{ notification: id }] })
    await rig.engine.stop()
    rig.clock.advance(4 * hour)
    await rig.restart()
    await pass(minute)
    await rig.restart()
    await pass(minute)
    expect(shown(rig)).toMatchObject({ counts: { total: 1 }, snoozed: [] })
    expect(bodies(rig)).toEqual(['alice mentioned you in “Cats”'])
  })

  it('does not come back when it was read on the forum meanwhile', async () => {
    const { forum, rig, account, pass } = await start()
    const { id } = mention(forum, 'Cats')
    await pass(4 * minute)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'later' }))
    rig.alerts.splice(0)
    forum.markRead('eve', id)
    await pass(4 * hour)
    expect(shown(rig)).toMatchObject({ counts: { total: 0 }, snoozed: [] })
    expect(rig.alerts).toEqual([])
  })

  it('waits for the end of a quiet time, like other news', async () => {
    const { forum, rig, account, pass } = await start()
    const { id } = mention(forum, 'Cats')
    await pass(4 * minute)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'later' }))
    expectOk(await rig.run('quiet.pause', { for: 'open' }))
    rig.alerts.splice(0)
    await pass(4 * hour)
    expect(rig.alerts).toEqual([])
    expectOk(await rig.run('quiet.resume', {}))
    await pass(minute)
    expect(bodies(rig)).toEqual(['1 new notification while it was quiet'])
  })

  it('that has not been told yet is told only when it comes back', async () => {
    const { forum, rig, account, pass } = await start()
    expectOk(await rig.run('quiet.pause', { for: 'open' }))
    const { id } = mention(forum, 'Cats')
    await pass(4 * minute)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'later' }))
    expectOk(await rig.run('quiet.resume', {}))
    await pass(hour)
    expect(rig.alerts).toEqual([])
    await pass(2 * hour + minute)
    expect(bodies(rig)).toEqual(['alice mentioned you in “Cats”'])
  })

  it('can be brought back at once, without an alert', async () => {
    const { forum, rig, account, pass } = await start()
    const { id } = mention(forum, 'Cats')
    await pass(4 * minute)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'nextWeek' }))
    rig.alerts.splice(0)
    expectOk(await rig.run('notification.unsnooze', { account, notification: id }))
    expect(shown(rig)).toMatchObject({ counts: { total: 1 }, snoozed: [] })
    expect(await rig.run('notification.unsnooze', { account, notification: id })).toMatchObject({
      failure: { code: 'notification_unknown' },
    })
    await pass(hour)
    expect(rig.alerts).toEqual([])
  })

  it('has to be there, and unread', async () => {
    const { forum, rig, account } = await start()
    const { id } = mention(forum, 'Cats')
    forum.markRead('eve', id)
    expectOk(await rig.run('account.refresh', { account }))
    const snooze = (notification: number, of = account) =>
      rig.run('notification.snooze', { account: of, notification, for: 'tomorrow' })
    expect(await snooze(id)).toMatchObject({ failure: { code: 'notification_read' } })
    expect(await snooze(id + 1000)).toMatchObject({ failure: { code: 'notification_unknown' } })
    expect(await snooze(id, 'nobody')).toMatchObject({ failure: { code: 'account_unknown' } })
  })

  it('that the forum has marked as seen takes nothing from the count of what came later', async () => {
    const { forum, rig, account } = await start()
    const { id } = mention(forum, 'Cats')
    forum.see('eve')
    mention(forum, 'Dogs')
    expectOk(await rig.run('account.refresh', { account }))
    expect(shown(rig)?.counts?.total).toBe(1)
    expectOk(await rig.run('notification.snooze', { account, notification: id, for: 'tomorrow' }))
    expect(shown(rig)?.counts?.total).toBe(1)
  })
})
