import { describe, expect, it } from 'vitest'
import { dropTarget, type ListEntry } from './drop-target.ts'

const entry = (kind: ListEntry['kind'], id: string, top: number, bottom: number): ListEntry => ({
  kind,
  id,
  top,
  bottom,
})
const entries = [
  entry('account', 'a', 0, 44),
  // Its newest notifications are shown below it.
  entry('account', 'b', 44, 244),
  entry('group', 'work', 244, 276),
  entry('account', 'c', 276, 320),
  entry('group', 'folded', 320, 352),
  entry('group', 'empty', 352, 384),
  entry('note', '', 384, 414),
]

describe('where a dragged account goes', () => {
  it.each([
    [-500, null, 'a', 0],
    [21, null, 'a', 0],
    [23, null, 'b', 44],
    [143, null, 'b', 44],
    [145, null, null, 244],
    [259, null, null, 244],
    [261, 'work', 'c', 276],
    [299, 'work', null, 320],
    [335, 'work', null, 320],
    [337, 'folded', null, 352],
    [382, 'folded', null, 352],
    [384, 'empty', null, 414],
    [5000, 'empty', null, 414],
  ])('at %d is in %s before %s', (y, group, before, line) => {
    expect(dropTarget(y, entries)).toEqual({ place: { group, before }, line })
  })

  it('is above the first group when all accounts are in groups', () => {
    const grouped = [entry('group', 'work', 0, 32), entry('account', 'a', 32, 76)]
    expect(dropTarget(3, grouped)).toEqual({ place: { group: null, before: null }, line: 0 })
    expect(dropTarget(20, grouped)).toEqual({ place: { group: 'work', before: 'a' }, line: 32 })
    expect(dropTarget(0, [])).toEqual({ place: { group: null, before: null }, line: 0 })
  })
})
