import * as v from 'valibot'
import type { Clock } from '../ports/clock.ts'
import type { StateFiles } from '../storage/state-files.ts'
import { type Budget, createBudget, savedBudgetSchema } from './budget.ts'

/** The budgets of all accounts, saved across restarts: forums go on counting while this program is not running. */
export interface Budgets {
  of(account: string): Budget
  /** The account has a new key, for which its forum starts counting at zero. */
  renew(account: string): void
  drop(account: string): void
  /** Saves the budgets and records that the run ended in order. */
  stop(): void
}

const fileName = 'budgets'
/** How often the budgets are saved, in milliseconds; after a crash, the unsaved time is assumed to be fully used. */
const writingInterval = 5 * 60_000

const fileSchema = v.object({
  version: v.literal(1),
  /** Whether the run saved it on exit. */
  endedInOrder: v.boolean(),
  /** Each is read by itself: a damaged one costs no other. */
  budgets: v.record(v.string(), v.unknown()),
})

export const createBudgets = (clock: Clock, files: StateFiles): Budgets => {
  const read = v.safeParse(fileSchema, files.read(fileName))
  const saved = read.success ? read.output : undefined
  const budgets = new Map<string, Budget>()
  for (const [id, stored] of Object.entries(saved?.budgets ?? {})) {
    const budget = v.safeParse(savedBudgetSchema, stored)
    if (budget.success) budgets.set(id, createBudget(clock, budget.output, saved?.endedInOrder, writingInterval))
  }

  const write = (endedInOrder: boolean): void => {
    const all = Object.fromEntries([...budgets].map(([id, budget]) => [id, budget.saved()]))
    files.write(fileName, { version: 1, endedInOrder, budgets: all }, { isDurable: false })
  }
  const writeLater = (): void => {
    clock.after(writingInterval, () => {
      write(false)
      writeLater()
    })
  }
  if (saved?.endedInOrder === true) write(false)
  writeLater()

  return {
    of: (id) => {
      const existing = budgets.get(id)
      if (existing !== undefined) return existing
      const made = createBudget(clock)
      budgets.set(id, made)
      return made
    },
    renew: (id) => void budgets.set(id, createBudget(clock)),
    drop: (id) => void budgets.delete(id),
    stop: () => write(true),
  }
}
