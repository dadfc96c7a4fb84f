import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import type { Snapshot } from '../common/contract/snapshot.ts'
import { applyUpdate, snapshotUpdateSchema } from '../common/contract/snapshot-update.ts'
import { watchInstance } from '../engine/control/call-instance.ts'
import { controlPath } from '../engine/control/control-path.ts'

/** How long a notifier that is not there is waited for before it is looked for again, in milliseconds. */
const retryDelay = 2000

/**
 * Calls with each snapshot of the notifier on a profile, and with undefined while none runs. Nothing is asked while one runs: it
 * tells what changes. Resolves when the signal ends it.
 */
export const watchSnapshots = async (
  profile: string,
  onSnapshot: (snapshot: Snapshot | undefined) => void,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    let present: Snapshot | null = null
    const broken = new AbortController()
    const ended = AbortSignal.any([signal, broken.signal])
    await watchInstance(
      controlPath(profile),
      (answer) => {
        const parsed = answer.ok ? v.safeParse(snapshotUpdateSchema, answer.value) : undefined
        const next: Snapshot | undefined = parsed?.success ? applyUpdate(present, parsed.output) : undefined
        // It speaks another version, or an update is missing: a new connection begins with a whole snapshot.
        if (next === undefined) return broken.abort()
        present = next
        onSnapshot(next)
      },
      ended,
    )
    if (signal.aborted) return
    onSnapshot(undefined)
    await delay(retryDelay, undefined, { signal }).catch(() => undefined)
  }
}
