import { describe, expect, it } from 'vitest'
import { createMemoryFiles } from '../../../test/rig/memory-files.ts'
import { setUpRigs } from '../../../test/rig/set-up-rigs.ts'

// What an earlier version had told, deferred and not come to, in its own files.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000

/** An account whose files are replaced by those of an earlier version, which had told everything up to `toldUpTo`. */
const start = async (change: (ids: readonly number[], account: string, site: string) => Record<string, object>) => {
  const forum = await forumOf({ settings: { longPolling: false, consolidates: false } })
  const files = createMemoryFiles()
  const rig = await rigOf({ files })
  const account = await rig.connect(forum, 'eve')
  const ids = ['One', 'Two', 'Three'].map((topicTitle) => {
    forum.advanceClock(2000)
    return forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle }).id
  })
  await rig.pass(6 * minute, [forum])
  await rig.engine.stop()
  rig.alerts.length = 0
  const cache = files.read(`account-${account}`)
  files.remove(`alerts-${account}`)
  const changes = change(ids, account, forum.url)
  for (const [name, value] of Object.entries(changes)) files.write(name, name === 'cache' ? {} : value)
  files.write(`account-${account}`, { ...(cache as object), completeUpTo: null, ...changes['cache'] })
  await rig.restart()
  await rig.pass(2 * minute, [forum])
  return rig.alerts.map(({ body }) => body)
}

describe('files of an earlier version', () => {
  it('say what has been told, so that nothing is told again', async () => {
    expect(await start(([, , three]) => ({ cache: { toldUpTo: three, toldAbove: [] } }))).toEqual([])
  })

  it('say what has not been told, which follows', async () => {
    const told = await start(([one, , three]) => ({ cache: { toldUpTo: one, toldAbove: [three] } }))
    expect(told).toEqual(['alice mentioned you in “Two”'])
  })

  it('say what was deferred, which is summed up', async () => {
    const told = await start(([one, two, three], account) => ({
      cache: { toldUpTo: three, toldAbove: [] },
      'held-back': { version: 1, held: { [account]: { notifications: [one, two], before: null } } },
    }))
    expect(told).toEqual(['2 new notifications while it was quiet'])
  })
})

describe('a ledger that is lost', () => {
  it('makes no news of what was there', async () => {
    expect(await start(() => ({ cache: {} }))).toEqual([])
  })
})
