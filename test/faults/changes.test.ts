import { describe, expect, it } from 'vitest'
import type { Forum } from '../forum/forum.ts'
import { type HostileAnswerName, hostileAnswerNames } from '../forum/hostile-answers.ts'
import { type EngineRig, expectOk } from '../rig/engine-rig.ts'
import { createMemoryFiles } from '../rig/memory-files.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { setUpRigs } from '../rig/set-up-rigs.ts'

// Changes on a forum, and signing in, while something else answers in the forum's place: a change counts only when the
// forum itself has made it, and nothing that failed is lost.

const { forumOf, rigOf } = setUpRigs()

const hour = 60 * 60_000
const isLong = process.env['FAULTS'] === 'all'
const names = hostileAnswerNames.filter((_, index) => isLong || index % 8 === 3)

const start = async (
  answer: HostileAnswerName,
): Promise<{ forum: Forum; rig: EngineRig; pass: (ms: number) => Promise<void> }> => {
  const forum = await forumOf({ profile: '3.5' })
  // In real time. Only what never ends needs a short one: a good answer may take longer on a busy machine, and while the
  // clock stands still nothing asks again.
  const deadline = answer.startsWith('slow-') ? { deadline: 6000 } : {}
  const rig = await rigOf({ ...deadline, random: seededRandom(1), files: createMemoryFiles() })
  return { forum, rig, pass: (ms) => rig.pass(ms, [forum]) }
}
const isRevoked = (forum: Forum): boolean => forum.keys('eve').every(({ revokedAt }) => revokedAt !== null)

describe('revoking, answered by', () => {
  it.each(names)('%s', async (answer) => {
    const { forum, rig, pass } = await start(answer)
    const account = await rig.connect(forum, 'eve')
    await pass(0)
    forum.fault({ kind: 'hostile', answer, path: '/user-api-key/revoke' })
    const revoked = await rig.run('account.revoke', { account })
    expect(revoked.ok, 'said to be revoked').toBe(false)
    expect(isRevoked(forum)).toBe(false)
    forum.clearFaults()
    await pass(hour)
    const again = await rig.run('account.revoke', { account })
    expect([isRevoked(forum), rig.engine.snapshot().accounts], again.ok ? '' : again.failure.code).toEqual([true, []])
  })
})

describe('marking as read, answered by', () => {
  it.each(names)('%s', async (answer) => {
    const { forum, rig, pass } = await start(answer)
    const account = await rig.connect(forum, 'eve')
    const { id: notification } = forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'Cats' })
    await pass(60_000)
    forum.fault({ kind: 'hostile', answer, path: '/notifications/mark-read' })
    const marked = await rig.run('notification.read', { account, notification })
    expect(marked.ok, 'said to be marked').toBe(false)
    forum.clearFaults()
    expectOk(await rig.run('account.refresh', {}))
    await pass(60_000)
    const shown = rig.engine.snapshot().accounts[0]
    expect([shown?.counts?.total, shown?.items?.map(({ read }) => read)]).toEqual([1, [false]])
    expectOk(await rig.run('notification.read', { account, notification }))
    await pass(60_000)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(0)
  })
})

/** Begins a sign-in and approves it; returns the payload that the browser shows. */
const approve = async (forum: Forum, rig: EngineRig): Promise<string> => {
  const { attempt } = expectOk(await rig.run('attempt.begin', { address: forum.url, method: 'paste' }))
  const authorizeUrl = rig.engine.authorizeUrl(attempt) ?? ''
  return (await forum.authorize({ authorizeUrl, user: 'eve' })).payload ?? ''
}

describe('the end of signing in, answered by', () => {
  it.each(names)('%s', async (answer) => {
    const { forum, rig, pass } = await start(answer)
    const text = await approve(forum, rig)
    forum.fault({ kind: 'hostile', answer, path: '/session' })
    forum.fault({ kind: 'hostile', answer, path: '/notifications' })
    const first = await rig.run('attempt.accept', { text })
    expect(first.ok, 'said to be connected').toBe(false)
    forum.clearFaults()
    await pass(5000)
    if (rig.engine.snapshot().accounts.length === 0) expectOk(await rig.run('attempt.accept', { text }))
    await pass(5000)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ username: 'eve', state: { kind: 'fresh' } }])
    expect(isRevoked(forum)).toBe(false)
  })
})

describe('looking at a site that answers with', () => {
  it.each(names)('%s', async (answer) => {
    const { forum, rig } = await start(answer)
    forum.fault({ kind: 'hostile', answer })
    const looked = await rig.run('site.inspect', { address: forum.url })
    expect(looked.ok, 'said to be a forum').toBe(false)
    forum.clearFaults()
    expectOk(await rig.run('site.inspect', { address: forum.url }))
  })
})
