import { describe, expect, it } from 'vitest'
import { account, counts, notification } from '../testing/samples.ts'
import { countedRows } from './counted-rows.ts'

const rows = [
  notification({ id: 9 }),
  notification({ id: 8, kind: 'private_message' }),
  notification({ id: 7, read: true }),
  notification({ id: 6 }),
  notification({ id: 5, kind: 'private_message' }),
  notification({ id: 4 }),
]
const ids = (some: Parameters<typeof account>[0]) => countedRows(account({ items: rows, ...some })).map(({ id }) => id)

describe('the rows that the counts include', () => {
  it('are the newest unread ones, as many messages and others as are counted, in the order of the list', () => {
    expect(ids({ counts: counts({ notifications: 2, messages: 1, chat: 5 }) })).toEqual([9, 8, 6])
    expect(ids({ counts: counts({ notifications: 90, messages: 90 }) })).toEqual([9, 8, 6, 5, 4])
    expect(ids({ counts: counts() })).toEqual([])
  })

  it('do not include what is snoozed, which the counts leave out as well', () => {
    expect(ids({ counts: counts({ notifications: 2 }), snoozed: [{ notification: 9, until: 0 }] })).toEqual([6, 4])
  })

  it('are those of high priority first where the forum does not divide its counts', () => {
    const old = [notification({ id: 9 }), notification({ id: 4, highPriority: true })]
    expect(ids({ items: old, counts: { ...counts({ notifications: 1 }), undivided: 1 } })).toEqual([4])
  })

  it('are none before the first answer', () => {
    expect(ids({ counts: null })).toEqual([])
    expect(ids({ items: null, counts: counts({ notifications: 2 }) })).toEqual([])
  })
})
