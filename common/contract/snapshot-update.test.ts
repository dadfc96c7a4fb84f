import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { account as sampleAccount, attempt as sampleAttempt, snapshot } from '../testing/samples.ts'
import type { AccountView, AttemptView, Notice, Snapshot } from './snapshot.ts'
import { applyUpdate, snapshotUpdate, snapshotUpdateSchema } from './snapshot-update.ts'

const account = (id: string, version: number): AccountView =>
  sampleAccount({
    id,
    username: `user ${id}`,
    state: version % 2 === 0 ? { kind: 'fresh' } : { kind: 'limited', until: version },
    checkedAt: version,
  })

const attempt = (id: string, version: number): AttemptView =>
  sampleAttempt({ id, method: 'paste', methods: ['paste'], expiresAt: version })

/** One thing as the engine holds it: the same object for as long as nothing about it changes. */
const memoize = <View>(make: (id: string, version: number) => View) => {
  const made = new Map<string, View>()
  return (id: string, version: number): View => {
    const view = made.get(`${id} ${version}`) ?? make(id, version)
    made.set(`${id} ${version}`, view)
    return view
  }
}

/** An engine that has just begun. */
const empty = snapshot({ revision: 0 })

const accountView = memoize(account)
const attemptView = memoize(attempt)
const vaults: readonly Snapshot['vault'][] = [{ kind: 'opening' }, { kind: 'keychain' }, { kind: 'session' }]
const noticeLists: readonly (readonly Notice[])[] = [[], [{ id: 'n', failure: { code: 'internal' }, at: 1 }]]

const items = fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdef'), version: fc.nat(3) }), {
  selector: ({ id }) => id,
})
const state = fc.record({
  accounts: items,
  attempts: items,
  vault: fc.constantFrom(...vaults),
  notices: fc.constantFrom(...noticeLists),
})
/** What an engine publishes in its time: lists in any order, with anything added, changed or taken away. */
const course = fc.array(state, { minLength: 1, maxLength: 12 }).map((states) =>
  states.map(
    ({ accounts, attempts, vault, notices }, revision): Snapshot => ({
      ...empty,
      revision,
      accounts: accounts.map(({ id, version }) => accountView(id, version)),
      attempts: attempts.map(({ id, version }) => attemptView(id, version)),
      vault,
      notices,
    }),
  ),
)

/** To another process and read there. */
const cross = (before: Snapshot | null, after: Snapshot) =>
  v.parse(snapshotUpdateSchema, JSON.parse(JSON.stringify(snapshotUpdate(before, after))))

const first = (snapshots: readonly Snapshot[]): Snapshot => {
  const [snapshot] = snapshots
  if (snapshot === undefined) throw new Error('a course has a beginning')
  return snapshot
}

/** One list in the engine, before and after, and what has become of it on the other side. */
interface Lists<View> {
  readonly before: readonly View[]
  readonly after: readonly View[]
  readonly here: readonly View[]
  readonly next: readonly View[]
}

const expectShared = <View>({ before, after, here, next }: Lists<View>): void => {
  for (const [index, item] of after.entries()) {
    const earlier = before.indexOf(item)
    if (earlier >= 0) expect(next[index]).toBe(here[earlier])
  }
  const isSame = before.length === after.length && before.every((item, index) => item === after[index])
  expect(next === here).toBe(isSame)
}

describe('updates', () => {
  it('lead to every snapshot, and leave alone what has not changed', () => {
    fc.assert(
      fc.property(course, (snapshots) => {
        let before: Snapshot | null = null
        let here: Snapshot | null = null
        for (const after of snapshots) {
          const next: Snapshot | undefined = applyUpdate(here, cross(before, after))
          expect(next).toEqual(after)
          if (next === undefined || before === null || here === null) {
            before = after
            here = next ?? null
            continue
          }
          expectShared({ before: before.accounts, after: after.accounts, here: here.accounts, next: next.accounts })
          expectShared({ before: before.attempts, after: after.attempts, here: here.attempts, next: next.attempts })
          expect(next.vault === here.vault).toBe(before.vault === after.vault)
          expect(next.notices === here.notices).toBe(before.notices === after.notices)
          before = after
          here = next
        }
      }),
    )
  })

  it('may cover several changes at once', () => {
    fc.assert(
      fc.property(course, (snapshots) => {
        const [begin, end] = [first(snapshots), first(snapshots.toReversed())]
        expect(applyUpdate(begin, cross(begin, end))).toEqual(end)
      }),
    )
  })

  it('do not fit when one before them was missed', () => {
    fc.assert(
      fc.property(course, fc.nat(), fc.nat(), (snapshots, some, other) => {
        const [here, base] = [snapshots[some % snapshots.length], snapshots[other % snapshots.length]]
        if (here === undefined || base === undefined || here === base) return
        const after = { ...base, revision: snapshots.length }
        expect(applyUpdate(here, cross(base, after))).toBeUndefined()
        expect(applyUpdate(null, cross(base, after))).toBeUndefined()
      }),
    )
  })

  it('hold nothing of an account that has not changed', () => {
    const [one, two] = [accountView('a', 0), accountView('b', 0)]
    const before: Snapshot = { ...empty, revision: 1, accounts: [one, two] }
    const changed = accountView('b', 1)
    expect(snapshotUpdate(before, { ...before, revision: 2, accounts: [one, changed] })).toEqual({
      base: 1,
      revision: 2,
      accounts: { changed: [changed] },
      attempts: { changed: [] },
      others: {},
    })
    expect(snapshotUpdate(before, { ...before, revision: 2, accounts: [two] })).toMatchObject({
      accounts: { changed: [], order: ['b'] },
    })
  })

  it.each([
    ['a whole one without everything', { base: null, revision: 1, others: { vault: { kind: 'keychain' } } }],
    ['an order with an account that nobody knows', { base: 0, revision: 1, accounts: { changed: [], order: ['z'] } }],
  ])('do not fit when they make no snapshot: %s', (_, odd) => {
    const none = { changed: [] }
    const update = v.parse(snapshotUpdateSchema, { accounts: none, attempts: none, others: {}, ...odd })
    expect(applyUpdate(empty, update)).toBeUndefined()
  })

  it('are not read when a field is there without being anything', () => {
    const none = { changed: [] }
    const update = { base: 0, revision: 1, accounts: none, attempts: none, others: { vault: undefined } }
    expect(v.is(snapshotUpdateSchema, update)).toBe(false)
  })
})
