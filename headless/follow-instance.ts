import { setTimeout as delay } from 'node:timers/promises'
import type { Result } from '../common/contract/failure.ts'
import { watchInstance } from '../engine/control/call-instance.ts'
import { controlPath } from '../engine/control/control-path.ts'
import type { StreamCall } from '../engine/control/control-protocol.ts'

/** How long a notifier that is not there is waited for before it is looked for again, in milliseconds. */
const retryDelay = 2000

export interface Following {
  /** Called for each connection, with what breaks it off; gives what takes its answers. */
  readonly onConnect: (breakOff: () => void) => (answer: Result<unknown>) => void
  /** Called when no notifier is there, or has gone. */
  readonly onAbsent: () => void
}

/**
 * Has the notifier on a profile tell what changes, and the next one when that has ended. Nothing is asked while one runs.
 * Resolves when the signal ends it.
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
