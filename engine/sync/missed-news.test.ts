import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import type { EngineRig } from '../../test/rig/engine-rig.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { seededRandom } from '../../test/rig/seeded-random.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Courses of events in which something new could be missed, or asked for too often, although nothing fails.

const { forumOf, rigOf, connected: start } = setUpRigs()

const minute = 60_000
const polling = { settings: { longPolling: false } }

const mention = (forum: Forum, topicTitle: string) =>
  forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle })
const topics = (rig: EngineRig) => rig.alerts.map(({ body }) => /“(.*)”/.exec(body)?.[1])
const limited = (forum: Forum) => forum.requests.filter(({ status }) => status === 429)

describe('new rows cause an alert', () => {
  it('when as many were read as arrived, so that the counts are unchanged', async () => {
    const { forum, rig, pass } = await start(polling)
    const { id } = mention(forum, 'One')
    await pass(2 * minute)
    forum.markRead('eve', id)
    mention(forum, 'Two')
    await pass(15 * minute)
    expect(topics(rig)).toEqual(['One', 'Two'])
    expect(rig.engine.snapshot().accounts[0]?.items?.map(({ read }) => read)).toEqual([false, true])
  })

  it('when that happened while the program was not running', async () => {
    const { forum, rig, pass } = await start()
    const { id } = mention(forum, 'One')
    await pass(5000)
    await rig.engine.stop()
    forum.markRead('eve', id)
    mention(forum, 'Two')
    await rig.restart()
    await pass(minute)
    expect(topics(rig)).toEqual(['One', 'Two'])
  })

  it('when the forum stops counting at 99', async () => {
    const forum = await forumOf(polling)
    for (let old = 0; old < 120; old++) mention(forum, `Old ${old}`)
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.pass(2 * minute, [forum])
    mention(forum, 'New')
    await rig.pass(15 * minute, [forum])
    expect(topics(rig)).toEqual(['New'])
  })

  it('when the forum stops counting at 99 and says nothing on its live channel', async () => {
    const forum = await forumOf()
    for (let old = 0; old < 120; old++) mention(forum, `Old ${old}`)
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    // The forum has not seen the user for a month.
    forum.updateUser('eve', { lastSeenAt: rig.clock.now() - 31 * 24 * 60 * minute })
    await rig.pass(2 * minute, [forum])
    mention(forum, 'New')
    await rig.pass(15 * minute, [forum])
    expect(topics(rig)).toEqual(['New'])
    forum.clearRequests()
    await rig.pass(60 * minute, [forum])
    expect(forum.requests.filter(({ path }) => path === '/notifications.json').length).toBeLessThanOrEqual(7)
  })

  it('when the forum has forgotten its bus messages while the machine slept', async () => {
    const { forum, rig, pass } = await start()
    const { id } = mention(forum, 'One')
    await pass(minute)
    rig.engine.setPresence({ machine: 'asleep' })
    await pass(0)
    rig.clock.advance(8 * 24 * 60 * minute)
    forum.markRead('eve', id)
    mention(forum, 'Two')
    forum.skipBus(0)
    rig.engine.setPresence({ machine: 'awake' })
    await pass(minute)
    expect(topics(rig)).toEqual(['One', 'Two'])
  })

  it('when the forum no longer sends totals, as after a move to an older version', async () => {
    const { forum, rig, pass } = await start()
    forum.fault({ kind: 'forbidden', path: '/notifications/totals.json' })
    await pass(30 * minute)
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('stale')
    await pass(90 * minute)
    mention(forum, 'New')
    await pass(minute)
    expect(topics(rig)).toEqual(['New'])
    expect(rig.engine.snapshot().accounts[0]).toMatchObject({ state: { kind: 'fresh' }, counts: { total: 1 } })
  })

  it('and totals are still asked for after an outage at whose end they were refused twice', async () => {
    const { forum, rig, pass } = await start()
    forum.fault({ kind: 'drop' })
    await pass(2 * 60 * minute)
    forum.clearFaults()
    forum.fault({ kind: 'forbidden', path: '/notifications/totals.json', times: 2 })
    await pass(2 * 60 * minute)
    forum.clearRequests()
    await rig.run('account.refresh', {})
    expect(forum.requests.map(({ path }) => path)).toContain('/notifications/totals.json')
  })

  it('only once, when chat was counted before the live channel delivered the message', async () => {
    const { forum, rig, pass } = await start({ settings: { chatEnabled: true } }, { random: seededRandom(2) })
    const hello = (text: string) => forum.chatMessage({ user: 'eve', from: 'alice', text })
    // One poll has ended, and the next one fails.
    await pass(25_000)
    forum.fault({ kind: 'error-page', status: 503 })
    hello('Hello')
    await pass(5000)
    forum.clearFaults()
    await pass(4 * minute)
    expect(rig.alerts).toHaveLength(1)
    hello('Once more')
    await pass(minute)
    expect(rig.alerts).toHaveLength(2)
  })

  it('when the live channel lost one and delivered the next', async () => {
    const { forum, rig, pass } = await start()
    mention(forum, 'Zero')
    await pass(40_000)
    while (forum.heldPolls() > 0) await pass(1000)
    mention(forum, 'Lost')
    forum.skipBus(200)
    mention(forum, 'Told')
    await pass(minute)
    expect(topics(rig).toSorted()).toEqual(['Lost', 'Told', 'Zero'])
  })

  it.each([
    ['asking', polling],
    ['with the live channel', {}],
  ])('when the clock is set back by hours, %s', async (_, options) => {
    const clock = createFakeClock()
    let ahead = 2 * 60 * minute
    const forum = await forumOf({ clock, ...options })
    const nextDue = () => {
      const due = clock.nextDue()
      return due === undefined ? undefined : due + ahead
    }
    const rig = await rigOf({ clock: { ...clock, now: () => clock.now() + ahead, nextDue } })
    await rig.connect(forum, 'eve')
    await rig.pass(3 * minute, [forum])
    ahead = 0
    mention(forum, 'One')
    await rig.pass(5 * minute, [forum])
    mention(forum, 'Two')
    await rig.pass(5 * minute, [forum])
    expect(topics(rig)).toEqual(['One', 'Two'])
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(2)
  })

  it('and so do chat and the review queue after quiet hours, in the same summary', async () => {
    const { forum, rig, pass } = await start({
      settings: { chatEnabled: true },
      users: [{ username: 'eve', staff: true }],
    })
    await rig.run('quiet.pause', { for: '30min' })
    forum.updateUser('eve', { chatNotifications: 3 })
    forum.setReviewables('eve', 2)
    await pass(20 * minute)
    expect(rig.alerts).toEqual([])
    await pass(15 * minute)
    expect(rig.alerts.map(({ body }) => body)).toEqual(['5 new notifications while it was quiet'])
  })
})

describe.each([20, 49, 50, 51, 75])('with %i rows that are read', (count) => {
  const startWithRows = async (before: (forum: Forum) => void = () => undefined) => {
    const forum = await forumOf()
    before(forum)
    for (let old = 0; old < count; old++) mention(forum, `Old ${old}`)
    forum.markRead('eve', 'all')
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
    await pass(minute)
    return { forum, rig, pass }
  }
  const shownRows = (rig: EngineRig) => rig.engine.snapshot().accounts[0]?.items?.map(({ id, read }) => [id, read])
  const rowsOf = (forum: Forum) =>
    forum
      .rows('eve')
      .slice(0, 50)
      .map(({ id, read }) => [id, read])

  it('a row that disappears without a bus message, while another one makes up for it in the counts, is gone', async () => {
    const { forum, rig, pass } = await startWithRows()
    const { topicId } = mention(forum, 'One')
    await pass(4 * minute)
    // The first is asked about at once, the second after a pause, within which the row of the first topic is destroyed.
    mention(forum, 'Two')
    await pass(1000)
    mention(forum, 'Three')
    await pass(1000)
    forum.deleteTopic(topicId ?? 0)
    await pass(4 * minute)
    expect(topics(rig)).toEqual(['One', 'Two', 'Three'])
    expect(shownRows(rig)).toEqual(rowsOf(forum))
  })

  it('the list is not read each time the user opens the bell, nor when a row is read after that', async () => {
    const { forum, rig, pass } = await startWithRows()
    const rows = [mention(forum, 'One'), mention(forum, 'Two'), mention(forum, 'Three')]
    await pass(4 * minute)
    // The channel does not say what was seen before its first message, so the list is read once.
    forum.clearRequests()
    forum.see('eve')
    await pass(4 * minute)
    for (const { id } of rows) {
      forum.markRead('eve', id)
      await pass(4 * minute)
      mention(forum, `After ${id}`)
      await pass(4 * minute)
      forum.see('eve')
      await pass(4 * minute)
    }
    expect(forum.requests.filter(({ path }) => path === '/notifications.json')).toEqual([])
    expect(shownRows(rig)).toEqual(rowsOf(forum))
  })
})

describe('a row that is the only news in its bus message', () => {
  it('is told although a row of a deleted topic disappears with the same message', async () => {
    const forum = await forumOf()
    for (let like = 0; like < 4; like++)
      forum.notify({ user: 'eve', type: 'liked', from: 'bob', topicTitle: `Own ${like}` })
    for (let old = 0; old < 30; old++) mention(forum, `Old ${old}`)
    forum.markRead('eve', 'all')
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
    await pass(minute)
    const rows = forum.rows('eve')
    const likes = rows.find(({ typeName }) => typeName === 'liked_consolidated')
    forum.deleteTopic(rows[0]?.topicId ?? 0)
    await pass(4 * minute)
    // Too old to be named among the recent ones.
    forum.changeNotification('eve', likes?.id ?? 0, { read: false, data: { ...likes?.data, count: 9 } })
    await pass(4 * minute)
    expect(rig.alerts.map(({ body }) => body)).toEqual([expect.stringContaining('9')])
  })
})

describe('nothing is alerted or requested too often', () => {
  it('when a mention in chat is counted as chat too', async () => {
    const { forum, rig, pass } = await start({ settings: { chatEnabled: true } })
    forum.updateUser('eve', { chatNotifications: 1 })
    forum.notify({ user: 'eve', type: 'chat_mention', from: 'alice' })
    await pass(minute)
    expect(rig.alerts.map(({ body }) => body)).toEqual([expect.stringContaining('alice mentioned you')])
  })

  it('when the user opens one page after the other and comes back each time', async () => {
    const { forum, rig, id, pass } = await start()
    await pass(5 * minute)
    forum.clearRequests()
    for (let page = 0; page < 6; page++) {
      await rig.run('account.opened', { account: id })
      await pass(4000)
      await rig.run('account.refresh', { account: id })
      await pass(4000)
    }
    await pass(minute)
    expect(limited(forum)).toEqual([])
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('fresh')
  })
})

describe('a preference applies at once', () => {
  it('for how often a forum without a live channel is asked', async () => {
    const { forum, rig, pass } = await start(polling)
    await rig.run('preferences.change', { general: { refreshSeconds: 3600 } })
    await pass(3 * minute)
    await rig.run('preferences.change', { general: { refreshSeconds: 30 } })
    forum.clearRequests()
    await pass(10 * minute)
    expect(forum.requests.filter(({ path }) => path.includes('totals')).length).toBeGreaterThan(15)
  })

  it('for do-not-disturb set on a forum without one', async () => {
    const { forum, rig, pass } = await start(polling)
    await pass(20 * minute)
    forum.setDoNotDisturb('eve', rig.clock.now() + 60 * minute)
    mention(forum, 'One')
    await pass(10 * minute)
    expect(rig.alerts).toEqual([])
  })
})
