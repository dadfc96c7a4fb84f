import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { arrange, inOrder } from './arrange.ts'
import { readPreferences } from './preferences.ts'
import {
  addGroup,
  changeGroup,
  type Direction,
  moveAccount,
  moveGroup,
  placeBeside,
  positionOf,
  removeGroup,
} from './rearrange.ts'

const accounts = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const group = (id: string, members: readonly string[], isFolded = false) => ({
  id,
  name: id.toUpperCase(),
  isFolded,
  accounts: [...members],
})
const overview = { ungrouped: ['b', 'a'], groups: [group('work', ['d']), group('empty', []), group('fun', ['c', 'e'])] }

/** The order on one line: `b a | d | | c e`. */
const line = (some: Parameters<typeof arrange>[0], of = accounts) =>
  arrange(some, of)
    .map((section) => section.accounts.map(({ id }) => id).join(' '))
    .join(' | ')

const someId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'gone')
const someOverview = fc.record({
  ungrouped: fc.array(someId),
  groups: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('g1', 'g2', 'g3', 'group-1'),
      name: fc.constantFrom('Work', 'Fun'),
      isFolded: fc.boolean(),
      accounts: fc.array(someId),
    }),
    { selector: ({ id }) => id },
  ),
})
const someAccounts = fc.uniqueArray(
  someId.map((id) => ({ id })),
  { selector: ({ id }) => id },
)

describe('the order of accounts', () => {
  it('is the one in which they were added until the user has another', () => {
    expect(line({ ungrouped: [], groups: [] })).toBe('a b c d e')
  })

  it('has a new account last among those without a group, and passes over those that are gone', () => {
    expect(line({ ...overview, ungrouped: ['gone', 'b'] })).toBe('b a | d |  | c e')
    expect(line(overview, [...accounts, { id: 'new' }])).toBe('b a new | d |  | c e')
  })

  it('has an account that is named twice where it is named first', () => {
    expect(line({ ungrouped: ['a', 'a', 'd'], groups: [group('work', ['a', 'b', 'c', 'e'])] })).toBe('a d | b c e')
  })

  it('is a permutation of the accounts, whatever the preferences say', () => {
    fc.assert(
      fc.property(someOverview, someAccounts, (any, some) => {
        const ordered = inOrder(any, some)
        expect(ordered).toHaveLength(some.length)
        expect(new Set(ordered)).toEqual(new Set(some))
      }),
    )
  })

  it('is one whatever a settings file holds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (ungrouped, groups) => {
        const read = readPreferences({ overview: { ungrouped, groups } }).overview
        expect(new Set(inOrder(read, accounts))).toEqual(new Set(accounts))
      }),
    )
  })
})

describe('moving an account', () => {
  it.each([
    ['a', null, 'b', 'a b | d |  | c e'],
    ['a', 'fun', 'e', 'b | d |  | c a e'],
    ['a', 'empty', null, 'b | d | a | c e'],
    ['c', null, null, 'b a c | d |  | e'],
    ['c', 'fun', null, 'b a | d |  | e c'],
    ['c', 'fun', 'c', 'b a | d |  | c e'],
    ['c', 'fun', 'gone', 'b a | d |  | e c'],
    ['c', 'gone', null, 'b a c | d |  | e'],
    ['gone', 'fun', null, 'b a | d |  | c e'],
  ])('puts %s in %s before %s', (id, to, before, expected) => {
    expect(line(moveAccount(overview, accounts, id, { group: to, before }))).toBe(expected)
  })

  it('unfolds the group it goes to, so that it stays in sight', () => {
    const folded = { ungrouped: [], groups: [group('work', ['d'], true), group('fun', ['e'], true)] }
    const after = moveAccount(folded, accounts, 'a', { group: 'work', before: null })
    expect(after.groups.map(({ isFolded }) => isFolded)).toEqual([false, true])
  })

  it('goes step by step through every place, over the borders of groups, down and up again', () => {
    const walk = (from: typeof overview | ReturnType<typeof moveAccount>, direction: Direction) => {
      const lines: string[] = []
      let present = from
      for (let place = placeBeside(present, accounts, 'b', direction); place !== null; ) {
        present = moveAccount(present, accounts, 'b', place)
        lines.push(line(present))
        place = placeBeside(present, accounts, 'b', direction)
      }
      return { lines, end: present }
    }
    const down = walk(overview, 'down')
    expect(down.lines).toEqual([
      'a b | d |  | c e',
      'a | b d |  | c e',
      'a | d b |  | c e',
      'a | d | b | c e',
      'a | d |  | b c e',
      'a | d |  | c b e',
      'a | d |  | c e b',
    ])
    const up = walk(down.end, 'up')
    expect(up.lines).toEqual([...down.lines.slice(0, -1).toReversed(), 'b a | d |  | c e'])
    expect(placeBeside(overview, accounts, 'gone', 'up')).toBeNull()
  })

  it('says where the account is', () => {
    expect(positionOf(overview, accounts, 'a')).toEqual({ group: null, place: 2, count: 2 })
    expect(positionOf(overview, accounts, 'e')).toEqual({ group: 'FUN', place: 2, count: 2 })
    expect(positionOf(overview, accounts, 'gone')).toBeNull()
  })

  it('names every account once and nothing else', () => {
    fc.assert(
      fc.property(someOverview, someAccounts, someId, someId, (any, some, id, before) => {
        const { ungrouped, groups } = moveAccount(any, some, id, { group: 'g1', before })
        const named = [...ungrouped, ...groups.flatMap((one) => one.accounts)]
        expect(named.toSorted()).toEqual(some.map((account) => account.id).toSorted())
        expect(groups.map((one) => one.id)).toEqual(any.groups.map((one) => one.id))
      }),
    )
  })
})

describe('a group', () => {
  it('is new below all others, under an id that is free, with its first account in it', () => {
    const first = addGroup({ ungrouped: [], groups: [] }, accounts, 'Work', 'c')
    expect(first?.overview.groups).toEqual([{ id: 'group-1', name: 'Work', isFolded: false, accounts: ['c'] }])
    const second = first && addGroup(first.overview, accounts, 'Work', 'c')
    expect(second?.overview.groups.map(({ id, accounts: own }) => [id, own])).toEqual([
      ['group-1', []],
      ['group-2', ['c']],
    ])
  })

  it('is one of fifty at most', () => {
    const groups = Array.from({ length: 50 }, (_, index) => group(`g${index}`, []))
    expect(addGroup({ ungrouped: [], groups }, accounts, 'Work', 'a')).toBeNull()
  })

  it('gives its accounts back when it is taken away', () => {
    expect(line(removeGroup(overview, accounts, 'fun'))).toBe('b a c e | d | ')
    expect(line(removeGroup(overview, accounts, 'gone'))).toBe('b a | d |  | c e')
  })

  it('gets another name, is folded, and moves among the groups', () => {
    const changed = changeGroup(changeGroup(overview, 'work', { name: 'Job' }), 'work', { isFolded: true })
    expect(changed.groups[0]).toEqual({ id: 'work', name: 'Job', isFolded: true, accounts: ['d'] })
    expect(line(moveGroup(overview, 'fun', 'up'))).toBe('b a | d | c e | ')
    expect(moveGroup(overview, 'fun', 'down')).toBe(overview)
    expect(moveGroup(overview, 'work', 'up')).toBe(overview)
    expect(moveGroup(overview, 'gone', 'up')).toBe(overview)
  })
})
