import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import type { Cancellation } from '../network/cancellation.ts'
import { atSite } from './address.ts'
import { type BusMessage, type BusPart, createBusStream } from './bus-stream.ts'
import type { Http } from './http.ts'
import { httpError, isSuccess, unreadable } from './http-error.ts'

export type { BusMessage } from './bus-stream.ts'

/** The id of the last known bus message in each channel; -1 to ask for the channel's position. */
export type Positions = Readonly<Record<string, number>>

/** What to request from the bus. */
export interface BusPoll {
  readonly base: string
  readonly key: string
  /** Any name, different in each run. */
  readonly client: string
  readonly positions: Positions
  /** Whether the forum may answer in chunks: the poll then lasts its full time, and brings each bus message at once. */
  readonly isChunked: boolean
  /** Receives what comes, as soon as it comes: bus messages, none in a chunk that only shows that the poll is held. */
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /** Ends a poll that is being held. */
  readonly cancellation: Cancellation
}

const statusSchema = v.record(v.string(), v.pipe(v.number(), v.safeInteger()))

/** The channel in which the bus reports the positions of other channels. */
export const statusChannel = '/__status'

/**
 * Polls a forum's message bus for what is newer than `positions`. It holds the request for 25 s by default or, where it
 * may not answer in chunks, until the first bus message (protocol.md 5.6). That it answers proves nothing about the
 * key.
 * @returns null when the poll is over; the failures of `http` and `httpError`; `answer_unreadable` if a part could not
 *   be read, even if others were
 */
export const pollMessageBus = async (http: Http, poll: BusPoll): Promise<Result<null>> => {
  const { base, key, client, positions, isChunked, onMessages, cancellation } = poll
  const stream = createBusStream()
  let isReadable = true
  const take = (part: BusPart): void => {
    if (part === null) isReadable = false
    else onMessages(part)
  }
  const answer = await http.send({
    method: 'POST',
    url: atSite(base, `/message-bus/${client}/poll`),
    key,
    form: positions,
    headers: isChunked ? {} : { 'dont-chunk': 'true' },
    held: true,
    cancellation,
    onBody: (bytes) => {
      for (const part of stream.read(bytes)) if (cancellation.reason === undefined) take(part)
    },
  })
  if (!answer.ok) return answer
  if (!isSuccess(answer.value)) return { ok: false, failure: httpError(answer.value, base) }
  const rest = stream.end()
  if (rest !== undefined) take(rest)
  return isReadable && !stream.isOverlong() ? ok(null) : { ok: false, failure: unreadable(answer.value, base) }
}

/** The positions that a bus message in the status channel names; empty for an unreadable one. */
export const readStatus = (data: unknown): Positions => {
  const parsed = v.safeParse(statusSchema, data)
  return parsed.success ? parsed.output : {}
}
