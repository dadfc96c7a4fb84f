import * as v from 'valibot'
import type { Failure } from './failure.ts'

/** What became of a notification. `shown` says that the system has taken it; whether anybody saw it, no system tells. */
export const notificationOutcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('shown') }),
  /** Notifications of this program are switched off, in the system's settings or by an option. */
  v.object({ kind: v.literal('refused') }),
  /** There is nothing here that shows notifications. */
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
