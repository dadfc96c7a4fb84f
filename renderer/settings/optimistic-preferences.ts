import { createContext, useContext, useMemo, useState } from 'react'
import { changePreferences, type Preferences, type PreferencesChange } from '../../common/preferences/preferences.ts'

/** Shows a change that is being sent before a snapshot confirms it. */
export interface OptimisticUpdates {
  readonly begin: (change: PreferencesChange) => void
  /** Called when the result of one change has arrived. */
  readonly end: (isTaken: boolean) => void
}

const OptimisticUpdatesContext = createContext<OptimisticUpdates>({ begin: () => undefined, end: () => undefined })
export const OptimisticUpdatesProvider = OptimisticUpdatesContext.Provider
export const useOptimisticUpdates = (): OptimisticUpdates => useContext(OptimisticUpdatesContext)

interface Sent {
  readonly preferences: Preferences
  /** How many results are still to come. */
  readonly open: number
  /** The preferences before each change, as JSON: snapshots are slower than results and may still contain them. */
  readonly passed: readonly string[]
}

/**
 * The preferences as they will be once the pending changes have arrived. The next change has to build on them, because
 * lists are sent as a whole, and a later snapshot may still show the state between two changes. A refused change, or
 * one from elsewhere, reverts everything to the snapshot.
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
