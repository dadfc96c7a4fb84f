import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'

// What the command line and a second instance may ask of the running one. One JSON line each way, one per connection;
// the answer is a `Result`. The socket belongs to its owner alone, so, unlike a page, it may learn an authorize address.

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
  v.strictObject({ call: v.literal('quit') }),
])

export type ControlCall = v.InferOutput<typeof controlCallSchema>

/** The most characters of one line either way; a snapshot of 500 accounts is about 300,000. */
export const longestLine = 4_000_000
