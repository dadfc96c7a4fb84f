import { createContext, useContext, useMemo, useState } from 'react'
import { changePreferences, type Preferences, type PreferencesChange } from '../../common/preferences/preferences.ts'

/** Shows a change that is being sent before a snapshot confirms it. */
export interface OptimisticUpdates {
  readonly begin: (change: PreferencesChange) => void
  /** The answer to one change has come. */
  readonly end: (isTaken: boolean) => void
}

const OptimisticUpdatesContext = createContext<OptimisticUpdates>({ begin: () => undefined, end: () => undefined })
export const OptimisticUpdatesProvider = OptimisticUpdatesContext.Provider
export const useOptimisticUpdates = (): OptimisticUpdates => useContext(OptimisticUpdatesContext)

interface Sent {
  readonly preferences: Preferences
  /** Answers that are still to come. */
  readonly open: number
  /** What the snapshots may still have, being slower than the answers: how it was before each change. */
  readonly passed: readonly string[]
}

/**
 * The preferences as they will be once the changes that are on their way have arrived: what is chosen next has to build on
 * those, for lists are sent as a whole, and snapshots come in their own time, also with what was between two changes. A
 * change that is refused, or one from elsewhere, takes all back to what the snapshot says.
 */
export const useOptimisticPreferences = (
  present: Preferences,
): { preferences: Preferences; optimistic: OptimisticUpdates } => {
  const [sent, setSent] = useState<Sent | null>(null)
  const isAnswered = sent !== null && sent.open === 0
  const seen = isAnswered ? JSON.stringify(present) : ''
  const hasArrived = isAnswered && seen === JSON.stringify(sent.preferences)
  const isOutrun = isAnswered && !hasArrived && !sent.passed.includes(seen)
  if (hasArrived || isOutrun) setSent(null)
  const optimistic = useMemo<OptimisticUpdates>(
    () => ({
      begin: (change) =>
        setSent((before) => {
          const base = before?.preferences ?? present
          return {
            preferences: changePreferences(base, change),
            open: (before?.open ?? 0) + 1,
            passed: [...(before?.passed ?? []), JSON.stringify(base)],
          }
        }),
      end: (isTaken) =>
        setSent((before) => (before === null || !isTaken ? null : { ...before, open: before.open - 1 })),
    }),
    [present],
  )
  return { preferences: sent === null || hasArrived || isOutrun ? present : sent.preferences, optimistic }
}
