import * as v from 'valibot'
import { type AccountView, type AttemptView, type Snapshot, snapshotSchema } from './snapshot.ts'
import { shareStructure } from './structural-sharing.ts'

// What goes to a user interface after a change. With hundreds of accounts a whole snapshot is megabytes, and mostly one
// account has changed; so the first update is a whole snapshot and each later one the difference from the previous one.

const { revision, accounts, attempts, ...others } = snapshotSchema.entries

const otherNames = Object.keys(others) as (keyof typeof others)[]

const listSchema = <Item extends v.GenericSchema>(item: Item) =>
  v.object({
    /** The items that are new or have changed. */
    changed: v.array(item),
    /** The ids of all items in order; omitted while unchanged. */
    order: v.exactOptional(v.array(v.string())),
  })

/** Reads an update that comes from another process. */
export const snapshotUpdateSchema = v.object({
  /** The revision of the snapshot that this update is for; null for a whole one, which needs none. */
  base: v.nullable(revision),
  revision,
  accounts: listSchema(accounts.item),
  attempts: listSchema(attempts.item),
  /** The other fields of the snapshot, those that have changed. */
  others: v.object(
    // `fromEntries` loses which name has which schema; `v.partial` would allow `undefined` in place of a field.
    Object.fromEntries(otherNames.map((name) => [name, v.exactOptional<v.GenericSchema>(others[name])])) as {
      [Name in keyof typeof others]: v.ExactOptionalSchema<(typeof others)[Name], undefined>
    },
  ),
})

// An update cannot say that a field has gone, so none may be optional; `Required` makes one an error below.
type Others = Required<Pick<Snapshot, keyof typeof others>>

interface ListUpdate<Item> {
  readonly changed: readonly Item[]
  readonly order?: readonly string[]
}

export interface SnapshotUpdate {
  readonly base: number | null
  readonly revision: number
  readonly accounts: ListUpdate<AccountView>
  readonly attempts: ListUpdate<AttemptView>
  readonly others: Partial<Others>
}

/**
 * The update from one snapshot to a later one of the same engine. An account, an attempt or another field has changed
 * when it is another object.
 * @param before null for an update that needs nothing before it
 */
export const snapshotUpdate = (before: Snapshot | null, after: Snapshot): SnapshotUpdate => ({
  base: before?.revision ?? null,
  revision: after.revision,
  accounts: listUpdate(before?.accounts ?? [], after.accounts),
  attempts: listUpdate(before?.attempts ?? [], after.attempts),
  others: changedFields(before, after),
})

/**
 * Applies an update. Whatever it does not name is the same object as before, and so is each unchanged part of what it
 * names.
 * @returns undefined when the update is for another snapshot than `before`: a whole one has to be requested
 */
export const applyUpdate = (before: Snapshot | null, update: SnapshotUpdate): Snapshot | undefined => {
  if (update.base === null) return applyTo(emptyLists, update)
  return before?.revision === update.base ? applyTo(before, update) : undefined
}

const emptyLists = { accounts: [], attempts: [] }

const applyTo = (
  before: Pick<Snapshot, 'accounts' | 'attempts'> & Partial<Others>,
  update: SnapshotUpdate,
): Snapshot | undefined => {
  const present = { ...before, ...update.others }
  const nextAccounts = applyList(before.accounts, update.accounts)
  const nextAttempts = applyList(before.attempts, update.attempts)
  if (nextAccounts === undefined || nextAttempts === undefined || !hasAll(present)) return undefined
  return { ...present, revision: update.revision, accounts: nextAccounts, attempts: nextAttempts }
}

const hasAll = (some: Partial<Others>): some is Others => otherNames.every((name) => Object.hasOwn(some, name))

interface Item {
  readonly id: string
}

const listUpdate = <T extends Item>(before: readonly T[], after: readonly T[]): ListUpdate<T> => {
  if (before === after) return { changed: [] }
  const known = new Set(before)
  const changed = after.filter((item) => !known.has(item))
  const isSameOrder = before.length === after.length && before.every(({ id }, index) => id === after[index]?.id)
  return isSameOrder ? { changed } : { changed, order: after.map(({ id }) => id) }
}

const applyList = <T extends Item>(
  before: readonly T[],
  { changed, order }: ListUpdate<T>,
): readonly T[] | undefined => {
  if (changed.length === 0 && order === undefined) return before
  const byId = new Map(before.map((item) => [item.id, item]))
  for (const item of changed) byId.set(item.id, shareStructure(byId.get(item.id), item))
  const items: T[] = []
  for (const id of order ?? before.map((item) => item.id)) {
    const item = byId.get(id)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

const changedFields = (before: Others | null, after: Others): Partial<Others> => {
  const changed: { -readonly [Name in keyof Others]?: Others[Name] } = {}
  const look = <Name extends keyof Others>(name: Name): void => {
    if (before?.[name] !== after[name]) changed[name] = after[name]
  }
  otherNames.forEach(look)
  return changed
}
