import { describe, expect, it } from 'vitest'
import { type HostileAnswerName, hostileAnswerNames } from '../forum/hostile-answers.ts'
import { expectOk } from '../rig/engine-rig.ts'
import { createMemoryFiles } from '../rig/memory-files.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { setUpRigs } from '../rig/set-up-rigs.ts'

// Broken networks and servers between one account and its forum, while another account goes on. Nothing may be lost,
// given up or shown twice, and the other account is not affected.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
const isLong = process.env['FAULTS'] === 'all'
/** In `npm test` one in five; all of them by `npm run test:faults`. */
const names = hostileAnswerNames.filter((_, index) => isLong || index % 5 === 0)
/**
 * The paths that get the hostile answer. The message bus only where the answer ends: a held poll times out after
 * minutes of real time.
 */
const paths = ['/notifications', '/session', '/site', '/user-api-key', '/message-bus']
const pathsOf = (name: string): readonly string[] => (name.startsWith('slow-') ? paths.slice(0, -1) : paths)

const start = async (name: HostileAnswerName) => {
  const forum = await forumOf({ profile: '3.5' })
  const quiet = await forumOf({ profile: '3.5', title: 'Quiet', users: [{ username: 'joe' }] })
  // In real time. Only what never ends needs a short one: a good answer may take longer on a busy machine, and while the
  // clock stands still nothing asks again.
  const deadline = name.startsWith('slow-') ? { deadline: 4000 } : {}
  const rig = await rigOf({ ...deadline, random: seededRandom(1), files: createMemoryFiles() })
  const eve = await rig.connect(forum, 'eve')
  const joe = await rig.connect(quiet, 'joe')
  const account = (id: string) => rig.engine.snapshot().accounts.find((each) => each.id === id)
  const mention = (topicTitle: string) => forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle })
  mention('Before')
  await rig.pass(minute, [forum, quiet])
  expect(account(eve)).toMatchObject({ state: { kind: 'fresh' }, counts: { total: 1 } })
  return { forum, quiet, rig, eve, joe, account, mention }
}

describe('ten minutes of answers like', () => {
  it.each(names)('%s', async (name) => {
    const { forum, quiet, rig, eve, joe, account, mention } = await start(name)
    for (const path of pathsOf(name)) forum.fault({ kind: 'hostile', answer: name, path })
    mention('During')
    quiet.notify({ user: 'joe', type: 'mentioned', from: 'alice', topicTitle: 'Elsewhere' })
    await rig.pass(10 * minute, [forum, quiet])

    expect(account(joe)).toMatchObject({ state: { kind: 'fresh' }, counts: { total: 1 } })
    const meanwhile = account(eve)
    expect(meanwhile?.state.kind).not.toBe('needsSignIn')
    // A forum may rename its members, but not to a name of unbounded length.
    expect(meanwhile?.username.length).toBeLessThanOrEqual(300)
    expect(meanwhile?.counts?.total).toBe(1)
    expect(JSON.stringify(rig.engine.snapshot()).length).toBeLessThan(100_000)

    forum.clearFaults()
    mention('After')
    expectOk(await rig.run('account.refresh', {}))
    await rig.pass(5 * minute, [forum, quiet])
    expect(account(eve)).toMatchObject({ username: 'eve', state: { kind: 'fresh' }, counts: { total: 3 } })
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt)).toEqual([null])
    for (const title of ['Before', 'During', 'After']) {
      expect(account(eve)?.items?.filter((item) => item.title === title)).toHaveLength(1)
      const told = rig.alerts.filter(({ body }) => body.includes(`“${title}”`))
      expect(told.map(({ tag }) => tag).length, `alerts of ${title}`).toBe(1)
    }
  })
})
