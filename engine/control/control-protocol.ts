import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'

// What the command line and a second instance may ask of the running one. One JSON line each way, one per connection;
// the answer is a `Result`; to `watch` there is a line for each change, until one side ends. The socket belongs to its owner alone, so, unlike a page, it may learn an authorize address.

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
  /** Tells what changes: each value is a `SnapshotUpdate`, a whole one first. */
  v.strictObject({ call: v.literal('watch') }),
  v.strictObject({ call: v.literal('quit') }),
])

export type ControlCall = v.InferOutput<typeof controlCallSchema>

/** The most characters of a question: settings that are taken over are the largest. */
export const longestQuestion = 1_000_000

/** The most characters of one line of an answer: a snapshot of 500 accounts with 50 notifications each is 10 million. */
export const longestAnswer = 100_000_000
