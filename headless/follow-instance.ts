import { setTimeout as delay } from 'node:timers/promises'
import type { Result } from '../common/contract/failure.ts'
import { watchInstance } from '../engine/control/call-instance.ts'
import { controlPath } from '../engine/control/control-path.ts'
import type { StreamCall } from '../engine/control/control-protocol.ts'

/** How long to wait before looking again for a notifier that does not run, in milliseconds. */
const retryDelay = 2000

export interface Following {
  /** Called for each connection, with a function that closes it; returns the function that receives its answers. */
  readonly onConnect: (breakOff: () => void) => (answer: Result<unknown>) => void
  /** Called when no notifier runs, or it has ended. */
  readonly onAbsent: () => void
}

/**
 * Subscribes to the changes of the notifier on a profile, and of the next one when that has ended. Resolves when the
 * signal ends it.
 */
export const followInstance = async (
  profile: string,
  call: StreamCall,
  { onConnect, onAbsent }: Following,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const broken = new AbortController()
    const onAnswer = onConnect(() => broken.abort())
    await watchInstance(controlPath(profile), call, onAnswer, AbortSignal.any([signal, broken.signal]))
    if (signal.aborted) return
    onAbsent()
    await delay(retryDelay, undefined, { signal }).catch(() => undefined)
  }
}
