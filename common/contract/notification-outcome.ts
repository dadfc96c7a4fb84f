import * as v from 'valibot'
import type { Failure } from './failure.ts'

/** What became of a notification. `shown` means that the system accepted it; no system says whether anybody saw it. */
export const notificationOutcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('shown') }),
  /** Notifications of this program are switched off, in the system's settings or by an option. */
  v.object({ kind: v.literal('refused') }),
  /** Nothing on this system shows notifications. */
  v.object({ kind: v.literal('unsupported') }),
  v.object({ kind: v.literal('failed'), reason: v.string() }),
])

export type NotificationOutcome = v.InferOutput<typeof notificationOutcomeSchema>

/** Why nothing was seen, as a failure with a sentence that says what to do; undefined when it was shown. */
export const notificationFailure = (outcome: NotificationOutcome): Failure | undefined => {
  switch (outcome.kind) {
    case 'shown':
      return undefined
    case 'refused':
      return { code: 'notifications_refused' }
    case 'unsupported':
      return { code: 'notifications_unsupported' }
    case 'failed':
      return { code: 'notification_failed', params: { reason: outcome.reason } }
  }
}
