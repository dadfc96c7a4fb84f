import * as v from 'valibot'
import type { Snapshot } from '../common/contract/snapshot.ts'
import { applyUpdate, snapshotUpdateSchema } from '../common/contract/snapshot-update.ts'
import { followInstance } from './follow-instance.ts'

/**
 * Calls with each snapshot of the notifier on a profile, and with undefined while none runs. Resolves when the signal
 * ends it.
 */
export const watchSnapshots = (
  profile: string,
  onSnapshot: (snapshot: Snapshot | undefined) => void,
  signal: AbortSignal,
): Promise<void> =>
  followInstance(
    profile,
    'watch',
    {
      onConnect: (breakOff) => {
        let present: Snapshot | null = null
        return (answer) => {
          const parsed = answer.ok ? v.safeParse(snapshotUpdateSchema, answer.value) : undefined
          const next: Snapshot | undefined = parsed?.success ? applyUpdate(present, parsed.output) : undefined
          // It is another version, or an update is missing: a new connection begins with a whole snapshot.
          if (next === undefined) return breakOff()
          present = next
          onSnapshot(next)
        }
      },
      onAbsent: () => onSnapshot(undefined),
    },
    signal,
  )
