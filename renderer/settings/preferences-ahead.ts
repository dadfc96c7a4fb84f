import { createContext, useContext, useMemo, useState } from 'react'
import { changePreferences, type Preferences, type PreferencesChange } from '../../common/preferences.ts'

/** Goes ahead of the snapshots with a change that is being sent. */
export interface Ahead {
  readonly begin: (change: PreferencesChange) => void
  /** The answer to one change has come. */
  readonly end: (isTaken: boolean) => void
}

const AheadContext = createContext<Ahead>({ begin: () => undefined, end: () => undefined })
export const AheadProvider = AheadContext.Provider
export const useAhead = (): Ahead => useContext(AheadContext)

interface Sent {
  readonly preferences: Preferences
  /** Answers that are still to come. */
  readonly open: number
  /** What the snapshot had when the last answer came. */
  readonly present: Preferences | null
}

/**
 * The preferences as they will be once the changes that are on their way have arrived: what is chosen next has to build on
 * those, for lists are sent as a whole, and a snapshot takes a moment. A change that is refused takes all back to what
 * the snapshot says.
 */
export const usePreferencesAhead = (present: Preferences): { preferences: Preferences; ahead: Ahead } => {
  const [sent, setSent] = useState<Sent | null>(null)
  const hasArrived = sent !== null && JSON.stringify(sent.preferences) === JSON.stringify(present)
  const isOutrun = sent !== null && sent.open === 0 && sent.present !== null && sent.present !== present
  if (hasArrived || isOutrun) setSent(null)
  const ahead = useMemo<Ahead>(
    () => ({
      begin: (change) =>
        setSent((before) => ({
          preferences: changePreferences(before?.preferences ?? present, change),
          open: (before?.open ?? 0) + 1,
          present: null,
        })),
      end: (isTaken) =>
        setSent((before) => (before === null || !isTaken ? null : { ...before, open: before.open - 1, present })),
    }),
    [present],
  )
  return { preferences: sent === null || hasArrived || isOutrun ? present : sent.preferences, ahead }
}
