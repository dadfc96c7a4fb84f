import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { AccountView, AttemptView, Notice, Site, Snapshot } from './snapshot.ts'
import { applyUpdate, snapshotUpdate, snapshotUpdateSchema } from './snapshot-update.ts'

const site: Site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
const links = { notifications: 'https://meta.example/u/eve/notifications', apps: 'https://meta.example/apps' }

const account = (id: string, version: number): AccountView => ({
  id,
  site,
  username: `user ${id}`,
  state: version % 2 === 0 ? { kind: 'fresh' } : { kind: 'limited', until: version },
  isLive: false,
  counts: null,
  checkedAt: version,
  scopes: ['notifications'],
  approvedAt: 0,
  expiresAt: null,
  lastUsedAt: null,
  links,
})

const attempt = (id: string, version: number): AttemptView => ({
  id,
  site,
  method: 'paste',
  methods: ['paste'],
  userCode: null,
  account: null,
  scopes: [],
  accessDays: null,
  canLimitAccess: false,
  createdAt: 0,
  expiresAt: version,
  state: { kind: 'waiting', failure: null },
})

/** One thing as the engine holds it: the same object for as long as nothing about it changes. */
const madeOnce = <View>(make: (id: string, version: number) => View) => {
  const made = new Map<string, View>()
  return (id: string, version: number): View => {
    const view = made.get(`${id} ${version}`) ?? make(id, version)
    made.set(`${id} ${version}`, view)
    return view
  }
}

const accountView = madeOnce(account)
const attemptView = madeOnce(attempt)
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
      revision,
      appVersion: '1',
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
          for (const name of ['accounts', 'attempts'] as const) {
            for (const [index, item] of after[name].entries()) {
              const earlier: number = before[name].findIndex((other) => other === item)
              if (earlier >= 0) expect(next[name][index]).toBe(here[name][earlier])
            }
            const isSame = JSON.stringify(before[name]) === JSON.stringify(after[name])
            expect(next[name] === here[name]).toBe(isSame)
          }
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
    const before: Snapshot = {
      revision: 1,
      appVersion: '1',
      accounts: [one, two],
      attempts: [],
      vault: { kind: 'keychain' },
      notices: [],
    }
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
    const before: Snapshot = {
      revision: 0,
      appVersion: '1',
      accounts: [],
      attempts: [],
      vault: { kind: 'opening' },
      notices: [],
    }
    expect(applyUpdate(before, update)).toBeUndefined()
  })

  it('are not read when a field is there without being anything', () => {
    const none = { changed: [] }
    const update = { base: 0, revision: 1, accounts: none, attempts: none, others: { vault: undefined } }
    expect(v.is(snapshotUpdateSchema, update)).toBe(false)
  })
})
