import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Alerts from the simulated forum over real HTTP, on one fake clock for engine and forums.

const { forumOf, rigOf, connected: start } = setUpRigs()

const mention = (forum: Forum, topicTitle: string, user = 'eve') =>
  forum.notify({
    user,
    type: 'mentioned',
    from: 'alice',
    topicTitle,
    postNumber: 2,
    excerpt: `Look at ${topicTitle}, eve`,
  })

describe.each(['2.9', '3.4', 'latest'] as const)('alerts from version %s', (profile) => {
  it('say who did what where, and what was written, within a second', async () => {
    const { forum, rig, id, pass } = await start({ profile })
    const { id: notification, topicId } = mention(forum, 'Cats & dogs')
    await pass(1000)
    expect(rig.alerts).toEqual([
      {
        tag: `${id}-${notification}`,
        title: 'Meta',
        body: 'alice mentioned you in “Cats & dogs”\nLook at Cats & dogs, eve',
        target: { account: id, url: `${forum.url}/t/cats-dogs/${topicId}/2` },
        silent: false,
        actions: [
          {
            id: 'markRead',
            label: 'Mark as read',
            command: { name: 'notification.read', input: { account: id, notification } },
          },
          { id: 'pauseHour', label: 'Pause for an hour', command: { name: 'quiet.pause', input: { for: '1h' } } },
          {
            id: 'muteTopic',
            label: 'Mute this topic',
            command: { name: 'topic.mute', input: { account: id, topic: topicId } },
          },
        ],
      },
    ])
  })

  it('come without the live channel as well, once each', async () => {
    const { forum, rig, pass } = await start({ profile, settings: { longPolling: false } })
    await pass(30_000)
    mention(forum, 'One')
    mention(forum, 'Two')
    await pass(70_000)
    await pass(70_000)
    expect(rig.alerts.map(({ body }) => body.split('\n')[0])).toEqual([
      'alice mentioned you in “One”',
      'alice mentioned you in “Two”',
    ])
  })
})

describe('an alert', () => {
  it('is not given for what was there when the account was added', async () => {
    const forum = await forumOf()
    mention(forum, 'Old')
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.pass(20_000, [forum])
    expect(rig.alerts).toEqual([])
    expect(rig.engine.snapshot().accounts[0]?.items).toMatchObject([{ title: 'Old', read: false }])
  })

  it('is given once for what came while the program was not running', async () => {
    const { forum, rig, pass } = await start()
    mention(forum, 'One')
    await pass(1000)
    await rig.engine.stop()
    mention(forum, 'Two')
    await rig.restart()
    await pass(2000)
    await rig.restart()
    await pass(20_000)
    // The words of the second one were published before the channel was there.
    expect(rig.alerts.map(({ body }) => body.split('\n')[0])).toEqual([
      'alice mentioned you in “One”',
      'alice mentioned you in “Two”',
    ])
  })

  it('is not given for what was read elsewhere meanwhile', async () => {
    const { forum, rig, pass } = await start()
    const { id } = mention(forum, 'One')
    forum.markRead('eve', id)
    await pass(5000)
    expect(rig.alerts).toEqual([])
    expect(rig.engine.snapshot().accounts[0]?.items).toMatchObject([{ title: 'One', read: true }])
  })

  it('sums up what would be too much at once', async () => {
    const { forum, rig, pass } = await start()
    for (const title of ['One', 'Two', 'Three', 'Four']) mention(forum, title)
    await pass(20_000)
    expect(rig.alerts).toMatchObject([{ title: 'Meta', body: '4 new notifications', actions: [{ id: 'pauseHour' }] }])
    expect(rig.alerts).toHaveLength(1)
  })

  it('is given for one of two accounts that are told of the same post', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'eve2' }] })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.connect(forum, 'eve2')
    await rig.pass(0, [forum])
    mention(forum, 'One')
    mention(forum, 'One', 'eve2')
    await rig.pass(2000, [forum])
    expect(rig.alerts).toHaveLength(1)
    expect(rig.alerts[0]?.title).toMatch(/^Meta · eve2?$/)
  })

  it('tells of chat and of the review queue, which have no notifications', async () => {
    const { forum, rig, pass } = await start({ users: [{ username: 'eve', staff: true }] })
    forum.setReviewables('eve', 2)
    await pass(2000)
    expect(rig.alerts).toMatchObject([
      { title: 'Meta', body: '2 items to review for eve', actions: [{ id: 'pauseHour' }] },
    ])
  })
})

describe('marking as read', () => {
  it('shows at once and ends in the forum’s own numbers', async () => {
    const { forum, rig, id, pass } = await start()
    const one = mention(forum, 'One')
    mention(forum, 'Two')
    await pass(20_000)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(2)
    const marking = rig.run('notification.read', { account: id, notification: one.id })
    expect(rig.engine.snapshot().accounts[0]?.items).toMatchObject([{ title: 'Two', read: false }, { read: true }])
    expectOk(await marking)
    await pass(0)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(1)
    expectOk(await rig.run('account.readAll', { account: id }))
    await pass(0)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(0)
  })

  it('is taken back when the forum may not be changed, and says so', async () => {
    const { forum, rig, id, pass } = await start()
    const one = mention(forum, 'One')
    await pass(20_000)
    forum.setReadOnly(true)
    expect(await rig.run('notification.read', { account: id, notification: one.id })).toMatchObject({
      failure: { code: 'read_only' },
    })
    expect(rig.engine.snapshot().accounts[0]?.items).toMatchObject([{ read: false }])
  })

  it('never makes all of one that is missing', async () => {
    const { forum, rig, id, pass } = await start()
    mention(forum, 'One')
    await pass(20_000)
    forum.clearRequests()
    for (const notification of [undefined, null, 0, -1, 1.5, 'all', Number.NaN, 2 ** 60]) {
      const refused = await rig.engine.execute('notification.read', { account: id, notification })
      expect(refused).toMatchObject({ failure: { code: 'command_invalid' } })
    }
    expect(await rig.run('notification.read', { account: id, notification: 99 })).toMatchObject({
      failure: { code: 'notification_unknown' },
    })
    expect(forum.requests.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  it('on the site lets the number fall here', async () => {
    const { forum, rig, id, pass } = await start()
    mention(forum, 'One')
    await pass(20_000)
    forum.markRead('eve', 'all')
    expectOk(await rig.run('account.opened', { account: id }))
    await pass(5000)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(0)
  })
})

describe('alerts of two forums with one title (case c11)', () => {
  it('name the host', async () => {
    const forums = [await forumOf({ title: 'Community' }), await forumOf({ title: 'Community' })]
    const rig = await rigOf()
    for (const forum of forums) await rig.connect(forum, 'eve')
    await rig.pass(2000, forums)
    for (const forum of forums) mention(forum, 'A topic')
    await rig.pass(60_000, forums)
    const titles = rig.alerts.map(({ title }) => title.replace(/[\u2066-\u2069]/g, ''))
    const expected = forums.map(({ url }) => `Community (${new URL(url).host})`)
    expect(titles.toSorted()).toEqual(expected.toSorted())
  })
})
