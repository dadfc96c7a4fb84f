import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { shareStructure } from './structural-sharing.ts'

describe('what was read anew', () => {
  it('is the object from before when nothing in it has changed', () => {
    const before = { id: 'a', site: { title: 'Meta' }, items: [{ id: 1, read: false }], state: { kind: 'fresh' } }
    expect(shareStructure(before, structuredClone(before))).toBe(before)
  })

  it('keeps the parts that have not changed', () => {
    const before = { site: { title: 'Meta' }, counts: { total: 1 } }
    const after = shareStructure(before, { site: { title: 'Meta' }, counts: { total: 2 } })
    expect(after).toEqual({ site: { title: 'Meta' }, counts: { total: 2 } })
    expect(after.site).toBe(before.site)
  })

  it('finds the items of a list again although others came before them', () => {
    const before = [{ id: 2 }, { id: 1 }]
    const after = shareStructure(before, [{ id: 3 }, { id: 2 }, { id: 1 }])
    expect(after).toEqual([{ id: 3 }, { id: 2 }, { id: 1 }])
    expect(after[1]).toBe(before[0])
    expect(after[2]).toBe(before[1])
  })

  it('has changed when a field has gone, or a list has become shorter', () => {
    expect(shareStructure({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
    expect(shareStructure([1, 2], [1])).toEqual([1])
    expect(shareStructure({ 0: 1 }, [1])).toEqual([1])
  })

  it('equals what was read, whatever was there before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(shareStructure(before, after)).toEqual(after)
      }),
    )
  })
})
