import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import { timeSchema } from '../../common/contract/time-schema.ts'

// The calls that the command line and a second instance can make to the running one. Each connection carries one JSON
// line each way; the response is a `Result`. `watch` and `alerts` get one line per change until one side disconnects.
// Only its owner can use the socket, so, unlike a page, it may receive an authorize URL.

export const controlCallSchema = v.variant('call', [
  v.strictObject({ call: v.literal('snapshot') }),
  /** Runs a command of common/contract/commands.ts. */
  v.strictObject({ call: v.literal('command'), name: v.string(), input: v.unknown() }),
  /** Begins a sign-in attempt and returns where to approve it. */
  v.strictObject({ call: v.literal('begin'), address: v.string(), method: v.exactOptional(signInMethodSchema) }),
  /** Another shell was started on the same profile: shows the window, or returns the page's URL. */
  v.strictObject({ call: v.literal('show') }),
  /** Shows the window, or opens a new page in the browser. */
  v.strictObject({ call: v.literal('open') }),
  /** Opens the page a notification row leads to in the browser. Returns its URL if no browser could be started. */
  v.strictObject({ call: v.literal('openNotification'), account: v.string(), notification: v.number() }),
  /** Streams changes: each value is a `SnapshotUpdate`, the first one a whole snapshot. */
  v.strictObject({ call: v.literal('watch') }),
  /** Streams alerts from now on: each value matches `alertEventsSchema`. */
  v.strictObject({ call: v.literal('alerts') }),
  /** Ends the instance. Returns the id of its process, which ends a while after the control socket. */
  v.strictObject({ call: v.literal('quit') }),
])

export type ControlCall = v.InferOutput<typeof controlCallSchema>

/** The calls that stream responses until one side disconnects. */
export type StreamCall = 'watch' | 'alerts'

/** An alert as the desktop shows it. */
const alertEventSchema = v.object({
  /** Milliseconds since 1970. */
  at: timeSchema,
  title: v.string(),
  body: v.string(),
  /** The account it is about, and where a click leads; null if it is not about an account. */
  account: v.nullable(v.object({ id: v.string(), username: v.string(), host: v.string(), site: v.string() })),
  url: v.nullable(v.string()),
  /** The notification row's id on the forum; null for a summary, or if it is not about a notification row. */
  notification: v.nullable(v.number()),
})

/** Alerts since the previous line. */
export const alertEventsSchema = v.array(alertEventSchema)

export type AlertEvent = v.InferOutput<typeof alertEventSchema>
