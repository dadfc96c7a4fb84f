import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'

// What the command line and a second instance may ask of the running one. One JSON line each way, one per connection;
// the answer is a `Result`; to `watch` and `alerts` there is a line for each change, until one side ends. The socket belongs
// to its owner alone, so, unlike a page, it may learn an authorize address.

export const controlCallSchema = v.variant('call', [
  v.strictObject({ call: v.literal('snapshot') }),
  /** Runs a command of common/contract/commands.ts. */
  v.strictObject({ call: v.literal('command'), name: v.string(), input: v.unknown() }),
  /** Begins a sign-in attempt and tells where to approve it. */
  v.strictObject({ call: v.literal('begin'), address: v.string(), method: v.exactOptional(signInMethodSchema) }),
  /** Another start on the same profile: shows the window, or tells the page's address. */
  v.strictObject({ call: v.literal('show') }),
  /** Shows the window, or opens a fresh page in the browser. */
  v.strictObject({ call: v.literal('open') }),
  /** Opens what a notification is about in the browser. Gives its address where no browser could be started. */
  v.strictObject({ call: v.literal('openNotification'), account: v.string(), notification: v.number() }),
  /** Tells what changes: each value is a `SnapshotUpdate`, a whole one first. */
  v.strictObject({ call: v.literal('watch') }),
  /** Tells of alerts from now on: each value is `alertEventsSchema`. */
  v.strictObject({ call: v.literal('alerts') }),
  v.strictObject({ call: v.literal('quit') }),
])

export type ControlCall = v.InferOutput<typeof controlCallSchema>

/** The calls that are answered until one side ends. */
export type StreamCall = 'watch' | 'alerts'

/** An alert as the desktop is told of it. */
const alertEventSchema = v.object({
  /** Milliseconds since 1970. */
  at: v.number(),
  title: v.string(),
  body: v.string(),
  /** The account it is about, and where a click leads; null when it is about none. */
  account: v.nullable(v.object({ id: v.string(), username: v.string(), host: v.string(), site: v.string() })),
  url: v.nullable(v.string()),
  /** The forum's number of the notification; null for one that sums up several, or is about none. */
  notification: v.nullable(v.number()),
})

/** Alerts that came since the line before. */
export const alertEventsSchema = v.array(alertEventSchema)

export type AlertEvent = v.InferOutput<typeof alertEventSchema>

/** The most characters of a question: settings that are taken over are the largest. */
export const longestQuestion = 1_000_000

/** The most characters of one line of an answer: a snapshot of 500 accounts with 50 notifications each is 10 million. */
export const longestAnswer = 100_000_000
