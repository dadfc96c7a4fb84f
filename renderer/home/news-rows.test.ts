import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { account, counts, notification, now } from '../../common/testing/samples.ts'
import { createNewsRows } from './news-rows.ts'

const row = (id: number, read = false) => notification({ id, topic: id, read })
/** Two rows that are counted, and an older one that was seen in the forum's own menu. */
const meta = (some: Partial<AccountView> = {}) =>
  account({ counts: counts({ notifications: 2 }), items: [row(3), row(2), row(1)], ...some })

const newsAfter = (...courses: readonly AccountView[]) => {
  const newsRows = createNewsRows()
  return courses.map((one) => newsRows(one).map(({ id }) => id)).at(-1)
}

describe('the rows to list as news', () => {
  it('are those that are counted', () => {
    expect(newsAfter(meta())).toEqual([3, 2])
  })

  it('stay while the forum has not counted what has arrived since', () => {
    const arrived = { items: [row(4), row(3), row(2), row(1)] }
    expect(newsAfter(meta(), meta(arrived))).toEqual([4, 3, 2])
    expect(newsAfter(meta(), meta(arrived), meta({ ...arrived, checkedAt: now }))).toEqual([4, 3])
  })

  it('do not include what is not counted while the forum has not counted what was read', () => {
    const read = { items: [row(3, true), row(2), row(1)] }
    expect(newsAfter(meta(), meta(read))).toEqual([2])
    expect(newsAfter(meta(), meta(read), meta())).toEqual([3, 2])
  })

  it('lose what is snoozed at once', () => {
    expect(newsAfter(meta(), meta({ snoozed: [{ notification: 2, until: now }] }))).toEqual([3])
  })

  it('get back at once what was snoozed when the forum counted, as many as are counted now', () => {
    const snoozed = [{ notification: 3, until: now }]
    const one = { counts: counts({ notifications: 1 }) }
    expect(newsAfter(meta({ snoozed, ...one }), meta())).toEqual([3, 2])
    expect(newsAfter(meta({ snoozed: [{ notification: 1, until: now }] }), meta())).toEqual([3, 2])
    expect(newsAfter(meta(), meta({ snoozed, ...one, checkedAt: now }), meta({ checkedAt: now }))).toEqual([3, 2])
  })

  it('are as many as are counted where the forum may not count again for long', () => {
    const state = { kind: 'offline', since: now, failure: fail('timed_out').failure } as const
    expect(newsAfter(meta(), meta({ state, items: [row(4), row(3), row(2), row(1)] }))).toEqual([4, 3])
  })

  it('are those that are counted of a list that comes after its counts', () => {
    expect(newsAfter(meta({ items: null }), meta())).toEqual([3, 2])
  })

  it('are the same for the same account, whatever came in between', () => {
    const newsRows = createNewsRows()
    const first = newsRows(meta())
    const early = meta()
    const rows = newsRows(early)
    newsRows(meta({ checkedAt: now, counts: counts({ notifications: 1 }) }))
    expect(newsRows(early)).toBe(rows)
    expect(first).toEqual(rows)
  })
})
