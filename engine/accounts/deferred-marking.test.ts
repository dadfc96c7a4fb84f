import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../../common/contract/commands.ts'
import { countedRows } from '../../common/glance/counted-rows.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { fc } from '../../test/rig/properties.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

const { forumOf, rigOf } = setUpRigs()

const second = 1000

/** An account with so many unread notifications, the last one a message. */
const start = async (count = 3) => {
  const forum = await forumOf()
  const mention = (title: string) => forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: title })
  for (let title = 1; title < count; title++) {
    mention(`${title}`)
    forum.advanceClock(second)
  }
  forum.notify({ user: 'eve', type: 'private_message', from: 'alice', topicTitle: 'Letter' })
  const rig = await rigOf()
  const account = await rig.connect(forum, 'eve')
  const pass = (time: number) => rig.pass(time, [forum])
  await rig.until(({ accounts }) => accounts[0]?.items?.length === count)
  const begin = async (notifications?: number[]) => {
    const one = { account, ...(notifications === undefined ? {} : { notifications }) }
    const accounts: CommandInput<'marking.begin'>['accounts'] = [one]
    return expectOk(await rig.run('marking.begin', { accounts })).marking
  }
  return { forum, rig, account, mention, pass, begin }
}

const shown = (rig: EngineRig) => {
  const { items, counts } = rig.engine.snapshot().accounts[0] ?? {}
  return { unread: items?.filter(({ read }) => !read).map(({ title }) => title) ?? [], total: counts?.total }
}
const marks = (forum: Forum) => forum.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)
const notices = (rig: EngineRig) => rig.engine.snapshot().notices.map(({ failure }) => failure.code)

describe('marking with a way back', () => {
  it('shows everything as read at once, and asks the forum once the time for second thoughts is over', async () => {
    const { forum, rig, pass, begin } = await start()
    await begin()
    expect(shown(rig)).toEqual({ unread: [], total: 0 })
    await pass(9 * second)
    expect([marks(forum), shown(rig)]).toEqual([[], { unread: [], total: 0 }])
    await pass(4 * second)
    expect(marks(forum)).toHaveLength(1)
    expect(shown(rig)).toEqual({ unread: [], total: 0 })
    await pass(60 * second)
    expect(shown(rig)).toEqual({ unread: [], total: 0 })
  })

  it('that is undone was never sent, and everything is as before', async () => {
    const { forum, rig, pass, begin } = await start()
    const before = rig.engine.snapshot().accounts
    const marking = await begin()
    expectOk(await rig.run('marking.undo', { marking }))
    expect(rig.engine.snapshot().accounts).toEqual(before)
    await pass(60 * second)
    expect(marks(forum)).toEqual([])
    expect(shown(rig).total).toBe(3)
  })

  it('waits on while the user keeps it, and cannot be undone once it was sent', async () => {
    const { forum, rig, pass, begin } = await start()
    const marking = await begin()
    await pass(9 * second)
    expectOk(await rig.run('marking.keep', { marking }))
    await pass(9 * second)
    expect(marks(forum)).toEqual([])
    expectOk(await rig.run('marking.send', { marking }))
    expect(marks(forum)).toHaveLength(1)
    for (const name of ['marking.undo', 'marking.keep'] as const)
      expect(await rig.run(name, { marking })).toEqual({ ok: false, failure: { code: 'marking_sent' } })
    // There is nothing left to send, which is what was asked for.
    expectOk(await rig.run('marking.send', { marking }))
    expect(marks(forum)).toHaveLength(1)
  })

  it('of some rows leaves the others, in the list and in the counts', async () => {
    const { forum, rig, pass, begin } = await start()
    const [letter, , first] = rig.engine.snapshot().accounts[0]?.items ?? []
    if (letter === undefined || first === undefined) throw new Error('a row is missing')
    await begin([letter.id, first.id])
    expect(shown(rig)).toEqual({ unread: ['2'], total: 1 })
    await pass(20 * second)
    expect(marks(forum)).toHaveLength(2)
    expect(shown(rig)).toEqual({ unread: ['2'], total: 1 })
  })

  it('does not reach what has arrived since, which nobody has seen', async () => {
    const { forum, rig, mention, pass, begin } = await start()
    await begin()
    mention('News')
    await pass(5 * second)
    expect(shown(rig)).toEqual({ unread: ['News'], total: 1 })
    await pass(20 * second)
    expect(shown(rig)).toEqual({ unread: ['News'], total: 1 })
    expect(marks(forum)).toHaveLength(3)
  })

  it('is unread again, with the reason, when the forum refuses', async () => {
    const { forum, rig, pass, begin } = await start()
    forum.setReadOnly(true)
    await begin()
    await pass(13 * second)
    expect([shown(rig), notices(rig)]).toEqual([{ unread: ['Letter', '2', '1'], total: 3 }, ['read_only']])
  })

  it('is sent when the program ends', async () => {
    const { forum, rig, begin } = await start()
    await begin()
    await rig.engine.stop()
    expect(marks(forum)).toHaveLength(1)
  })

  it('of nobody fails, and of an account that is gone is forgotten', async () => {
    const { rig, account, pass, begin } = await start()
    const unknown = { accounts: [{ account: 'nobody' }] }
    expect(await rig.run('marking.begin', unknown)).toMatchObject({ failure: { code: 'account_unknown' } })
    const marking = await begin()
    expectOk(await rig.run('account.forget', { account }))
    await pass(13 * second)
    expect(notices(rig)).toEqual([])
    expectOk(await rig.run('marking.send', { marking }))
  })

  it('keeps rows and counts in step, in whatever order things happen', async () => {
    const { rig, account, mention, pass } = await start()
    const step = fc.record({
      kind: fc.constantFrom('begin', 'some', 'undo', 'send', 'keep', 'news', 'pass'),
      pick: fc.nat(9),
    })
    const markings: string[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const items = rig.engine.snapshot().accounts[0]?.items ?? []
        for (const { kind, pick } of steps) {
          const row = items[pick % items.length]?.id ?? 1
          const marking = markings[pick % markings.length] ?? 'none'
          if (kind === 'begin' || kind === 'some') {
            const accounts = [{ account, ...(kind === 'some' ? { notifications: [row] } : {}) }]
            const begun = await rig.run('marking.begin', { accounts })
            markings.push(expectOk(begun).marking)
          } else if (kind === 'news') mention(`News ${pick}`)
          else if (kind === 'pass') await pass(pick * second)
          else await rig.run(`marking.${kind}`, { marking })
          const [view] = rig.engine.snapshot().accounts
          if (view === undefined || view.counts === null) throw new Error('the account is gone')
          const { notifications, messages } = view.counts
          expect(Math.min(notifications, messages)).toBeGreaterThanOrEqual(0)
          expect(countedRows(view).length).toBeLessThanOrEqual(notifications + messages)
        }
        // Whatever is left waits no longer than its time; then the forum's own words stand.
        await pass(40 * second)
        expect(shown(rig).total).toBe(shown(rig).unread.length)
      }),
      { numRuns: 10 },
    )
  })
})
