import * as v from 'valibot'
import type { Counts } from '../../common/contract/snapshot.ts'
import { countsSchema } from '../../common/contract/snapshot.ts'
import type { StateFiles } from '../storage/state-files.ts'

/** What was not told of one account because it was to be quiet. */
export interface Held {
  readonly notifications: readonly number[]
  /** The counts as they were before, of which chat and the review queue have no notifications of their own. */
  readonly before: Counts | null
}

/** What is held back, by account; kept over restarts, for it is to be summed up once. */
export interface DeferredAlerts {
  add(account: string, held: Held): void
  /** The accounts of which something was held back. */
  accounts(): readonly string[]
  /** Takes what was held back of an account, for good. */
  take(account: string): Held
}

const fileName = 'held-back'
const heldSchema = v.object({ notifications: v.array(v.number()), before: v.nullable(countsSchema) })
const fileSchema = v.object({ version: v.literal(1), held: v.record(v.string(), heldSchema) })
const nothing: Held = { notifications: [], before: null }

export const createDeferredAlerts = (files: StateFiles): DeferredAlerts => {
  const read = v.safeParse(fileSchema, files.read(fileName))
  const held = new Map<string, Held>(read.success ? Object.entries(read.output.held) : [])
  const write = (): void => files.write(fileName, { version: 1, held: Object.fromEntries(held) })
  return {
    add: (account, { notifications, before }) => {
      const known = held.get(account) ?? nothing
      held.set(account, {
        notifications: [...new Set([...known.notifications, ...notifications])],
        before: known.before ?? before,
      })
      write()
    },
    accounts: () => [...held.keys()],
    take: (account) => {
      const taken = held.get(account) ?? nothing
      if (held.delete(account)) write()
      return taken
    },
  }
}
