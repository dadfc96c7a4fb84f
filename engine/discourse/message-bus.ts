import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { parseJson } from '../parsing/parse-json.ts'
import { atSite, shownHost } from './address.ts'
import type { Http } from './http.ts'
import { httpError, isSuccess, unreadable } from './http-error.ts'

/** The last message known of each channel; -1 to be told where the channel is. */
export type Positions = Readonly<Record<string, number>>

/** One message of the bus (protocol.md 5.6). */
export interface BusMessage {
  readonly channel: string
  readonly id: number
  readonly data: unknown
}

/** What to ask the bus. */
export interface BusPoll {
  readonly base: string
  readonly key: string
  /** Any name, new for each run. */
  readonly client: string
  readonly positions: Positions
  /** Ends a poll that is being held. */
  readonly signal: AbortSignal
}

const messagesSchema = v.array(v.object({ channel: v.string(), message_id: v.number(), data: v.unknown() }))
const statusSchema = v.record(v.string(), v.number())

/** The channel in which the bus says where other channels are. */
export const statusChannel = '/__status'

/**
 * Asks a forum's message bus for what is newer than `positions`; it holds the request until there is something, for 25 s
 * as a rule, and then answers with nothing (protocol.md 5.6). That it answers proves nothing about the key.
 * @returns the failures of `http` and `httpError`; `answer_unreadable`
 */
export const pollMessageBus = async (http: Http, poll: BusPoll): Promise<Result<readonly BusMessage[]>> => {
  const { base, key, client, positions, signal } = poll
  const answer = await http.send({
    method: 'POST',
    url: atSite(base, `/message-bus/${client}/poll`),
    key,
    form: Object.fromEntries(Object.entries(positions).map(([channel, position]) => [channel, String(position)])),
    // One JSON array and the end, instead of chunks that go on.
    headers: { 'dont-chunk': 'true' },
    held: true,
    signal,
  })
  if (!answer.ok) return answer
  if (!isSuccess(answer.value)) return { ok: false, failure: httpError(answer.value, base) }
  const parsed = v.safeParse(messagesSchema, parseJson(answer.value.text))
  if (!parsed.success) return { ok: false, failure: unreadable(answer.value, shownHost(base)) }
  return ok(parsed.output.map(({ channel, message_id: id, data }) => ({ channel, id, data })))
}

/** The positions that a message in the status channel names; empty for one that cannot be read. */
export const readStatus = (data: unknown): Positions => {
  const parsed = v.safeParse(statusSchema, data)
  return parsed.success ? parsed.output : {}
}
