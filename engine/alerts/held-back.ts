import * as v from 'valibot'
import type { StateFiles } from '../storage/state-files.ts'

/** What was not told because it was to be quiet, by account; kept over restarts, for it is to be summed up once. */
export interface HeldBack {
  add(account: string, notifications: readonly number[]): void
  /** The accounts of which something was held back. */
  accounts(): readonly string[]
  /** Takes what was held back of an account, for good. */
  take(account: string): readonly number[]
}

const fileName = 'held-back'
const fileSchema = v.object({ version: v.literal(1), held: v.record(v.string(), v.array(v.number())) })

export const createHeldBack = (files: StateFiles): HeldBack => {
  const read = v.safeParse(fileSchema, files.read(fileName))
  const held = new Map<string, readonly number[]>(read.success ? Object.entries(read.output.held) : [])
  const write = (): void => files.write(fileName, { version: 1, held: Object.fromEntries(held) })
  return {
    add: (account, notifications) => {
      if (notifications.length === 0) return
      held.set(account, [...new Set([...(held.get(account) ?? []), ...notifications])])
      write()
    },
    accounts: () => [...held.keys()],
    take: (account) => {
      const taken = held.get(account) ?? []
      if (held.delete(account)) write()
      return taken
    },
  }
}
