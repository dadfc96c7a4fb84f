import { expect, it } from 'vitest'
import { expectOk } from '../rig/engine-rig.ts'
import { createMemoryFiles } from '../rig/memory-files.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { setUpRigs } from '../rig/set-up-rigs.ts'

// A forum that answers almost correctly: some values of its JSON are replaced, different ones each time. It can affect
// only its own account, and only while it does so.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
const isLong = process.env['FAULTS'] === 'all'
const seeds = Array.from({ length: isLong ? 12 : 2 }, (_, index) => 1000 * (index + 1))

it.each(seeds)(
  'an hour of hostile JSON spoils one account at most, and nothing stays of it (seed %i)',
  async (seed) => {
    const forum = await forumOf({ profile: '3.5' })
    const quiet = await forumOf({ profile: '3.5', title: 'Quiet', users: [{ username: 'joe' }] })
    const rig = await rigOf({ random: seededRandom(seed), files: createMemoryFiles() })
    const eve = await rig.connect(forum, 'eve')
    const joe = await rig.connect(quiet, 'joe')
    const account = (id: string) => rig.engine.snapshot().accounts.find((each) => each.id === id)
    forum.fault({ kind: 'hostile-json', seed })
    for (let hour = 0; hour < 6; hour += 1) {
      forum.notify({ user: 'eve', type: 'mentioned', topicTitle: `Topic ${hour}` })
      quiet.notify({ user: 'joe', type: 'mentioned', topicTitle: `Topic ${hour}` })
      await rig.run('account.refresh', { account: eve })
      await rig.pass(10 * minute, [forum, quiet])
      expect(account(joe)).toMatchObject({ state: { kind: 'fresh' }, counts: { total: hour + 1 } })
      const snapshot = JSON.stringify(rig.engine.snapshot(), (key, value) => {
        if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${key} is ${value}`)
        return value
      })
      expect(snapshot.length).toBeLessThan(100_000)
      expect(snapshot).not.toMatch(/\\u001b|\\u0000|\u202e/)
    }
    forum.clearFaults()
    expectOk(await rig.run('account.refresh', {}))
    await rig.pass(10 * minute, [forum, quiet])
    expect(account(eve)).toMatchObject({ username: 'eve', state: { kind: 'fresh' }, counts: { total: 6 } })
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt)).toEqual([null])
  },
)
