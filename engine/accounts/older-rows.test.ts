import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000

/** An account with so many notifications, the first half of them read. */
const start = async (count: number, options: Parameters<typeof forumOf>[0] = {}) => {
  const forum = await forumOf(options)
  const mention = (title: number) =>
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: `${title}` })
  for (let title = 1; title <= count; title++) {
    const { id } = mention(title)
    if (title <= count / 2) forum.markRead('eve', id)
    forum.advanceClock(1000)
  }
  const rig = await rigOf()
  const account = await rig.connect(forum, 'eve')
  const load = async () => expectOk(await rig.run('account.loadOlder', { account }))
  return { forum, rig, account, load, mention, pass: (time: number) => rig.pass(time, [forum]) }
}

const titles = (rig: EngineRig) => rig.engine.snapshot().accounts[0]?.items?.map(({ title }) => Number(title)) ?? []
const hasOlder = (rig: EngineRig) => rig.engine.snapshot().accounts[0]?.hasOlder
const downFrom = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => last - index)
const histories = (forum: Forum) => forum.requests.filter(({ path }) => path.includes('/notifications.json')).length

describe.each(['2.9', '3.4', 'latest'] as const)('older notifications, on version %s', (profile) => {
  it('are loaded page by page to the last one, in order, and lead to no alert', async () => {
    const { rig, load, pass } = await start(130, { profile })
    expect([titles(rig).length, hasOlder(rig)]).toEqual([50, true])
    while ((await load()).hasMore);
    expect(titles(rig)).toEqual(downFrom(130))
    expect(hasOlder(rig)).toBe(false)
    await pass(20 * minute)
    expect(titles(rig)).toEqual(downFrom(130))
    expect(rig.alerts).toEqual([])
    await rig.restart()
    expect(titles(rig)).toHaveLength(50)
    expect(readFileSync(rig.settingsPath, 'utf8')).not.toContain('alice')
  })
})

describe('older notifications', () => {
  it('stay in order while newer ones come and others go', async () => {
    const { forum, rig, load, mention, pass } = await start(130)
    await load()
    mention(131)
    await pass(minute)
    forum.destroyNotifications('eve', [120])
    await pass(minute)
    while ((await load()).hasMore);
    expect(titles(rig)).toEqual(downFrom(131).filter((title) => title !== 120))
    expect(rig.alerts).toHaveLength(1)
  })

  it('can be marked as read, one and all', async () => {
    const { forum, rig, account, load, pass } = await start(130)
    while ((await load()).hasMore);
    await pass(minute)
    expectOk(await rig.run('notification.read', { account, notification: 70 }))
    const readOf = (id: number) => rig.engine.snapshot().accounts[0]?.items?.find((item) => item.id === id)?.read
    expect([readOf(70), readOf(71)]).toEqual([true, false])
    expectOk(await rig.run('account.readAll', { account }))
    expect(rig.engine.snapshot().accounts[0]?.items?.filter(({ read }) => !read)).toEqual([])
    expect(forum.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2)
  })

  it('are bounded, and asked for once at a time', async () => {
    const { forum, rig, account, load, pass } = await start(700)
    await pass(minute)
    forum.clearRequests()
    await Promise.all([load(), load(), load()])
    expect(histories(forum)).toBe(1)
    for (let page = 0; page < 20 && hasOlder(rig) === true; page++) {
      await pass(minute)
      expectOk(await rig.run('account.loadOlder', { account }))
    }
    expect(titles(rig)).toHaveLength(550)
  })

  it('that the forum does not give say why, and change nothing', async () => {
    const { forum, rig, account } = await start(60)
    forum.fault({ kind: 'error-page', status: 502, path: '/notifications.json' })
    expect(await rig.run('account.loadOlder', { account })).toMatchObject({ failure: { code: 'site_maintenance' } })
    expect(titles(rig)).toHaveLength(50)
    expect(await rig.run('account.loadOlder', { account: 'none' })).toMatchObject({
      failure: { code: 'account_unknown' },
    })
  })
})
