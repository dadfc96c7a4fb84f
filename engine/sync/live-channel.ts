import type { Failure, Result } from '../../common/contract/failure.ts'
import type { BusMessage, BusPoll, Positions } from '../discourse/message-bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { CoalescedTimer } from '../timing/coalesce-timers.ts'
import { readBus } from './live-positions.ts'

/** One account's live channel: polls that its forum holds, one after the other. */
export interface LiveChannel {
  /**
   * Begins, or goes on with what it knew. Resolves once nothing can be missed any more that happens from now on, or when
   * that takes too long or has failed; at once while it runs.
   */
  open(): Promise<void>
  /** Ends a poll that is held, and asks no more. */
  close(): void
  isOpen(): boolean
}

/** One poll, as the channel wants it. */
export type ChannelPoll = Pick<BusPoll, 'positions' | 'isChunked' | 'onMessages' | 'signal'>

export interface LiveChannelOptions {
  readonly clock: Clock
  /** For the time between two polls while nothing happens: shared by all accounts, whose polls then begin together. */
  readonly coalesced: CoalescedTimer
  /** Asks the bus once, and resolves when that is over; `cancelled` when the signal ended it. */
  readonly poll: (poll: ChannelPoll) => Promise<Result<null>>
  /** Where to begin. */
  readonly positions: Positions
  /** Whether the forum may answer in chunks: nothing on the way is known to hold them back. */
  readonly mayChunk: () => boolean
  /** The least time between the beginnings of two polls while nothing happens, in milliseconds. */
  readonly period: () => number
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /** Something may have been missed, or the key may not count any more: ask with the key. */
  readonly onDoubt: () => void
  /** Something on the way holds chunks back until the poll is over. From now on `mayChunk` is to say so. */
  readonly onBuffered: () => void
  /** The channel has ended by itself. `isUseless` when this forum's will not be of use for long. */
  readonly onEnded: (failure: Failure | undefined, isUseless: boolean) => void
}

/** A poll that is over sooner was not held. In milliseconds, as all that follow. */
const shortestHold = 5000
/** A forum sends the first chunk at once; where it has not come by then, something on the way holds it back. */
const firstChunkDelay = 5000
/** A channel that has to wait longer than so many seconds is none. */
const longestWait = 60
/**
 * In an answer that is not chunked, the companion of a first message comes with the next poll, and up to 413 ms later.
 */
const companionDelay = 100
/** What follows a message within this time is the same burst, which is polled for no more often than this. */
const burst = 15_000
const burstPause = 5500
/** So many polls in a row that were not held show that they never will be. */
const mostShort = 3
/** So many messages in one poll are no news any more, but a flood. */
const mostMessages = 500
/** What a proxy that ends long requests does to a held poll. */
const cuts: ReadonlySet<Failure['code']> = new Set([
  'connection_lost',
  'timed_out',
  'site_maintenance',
  'site_unavailable',
])

/** A poll that is under way. */
interface HeldPoll {
  readonly controller: AbortController
  readonly isChunked: boolean
  readonly startedAt: number
  /** Whether all positions were known when it was sent. */
  readonly wasPlaced: boolean
  hasMoved: boolean
  messages: number
  cancelTimer(): void
}

const isPlaced = (positions: Positions): boolean => !Object.values(positions).includes(-1)

/** One closure over a hundred lines: its functions are the transitions of one held poll. */
export const createLiveChannel = (options: LiveChannelOptions): LiveChannel => {
  const { clock, coalesced, poll, mayChunk, period, onMessages, onDoubt, onBuffered, onEnded } = options
  let { positions } = options
  let held: HeldPoll | undefined
  let cancelNext: () => void = () => undefined
  let isOpen = false
  let short = 0
  let newsAt = Number.NEGATIVE_INFINITY
  /**
   * The first chunk of the last poll did not arrive: a proxy may be buffering it. An answer to a poll that is not
   * chunked shows that it was not an outage.
   */
  let mayBeBuffered = false
  let onSubscribed: readonly (() => void)[] = []

  const subscribed = (): void => {
    for (const resolve of onSubscribed) resolve()
    onSubscribed = []
  }

  const close = (): void => {
    isOpen = false
    cancelNext()
    abandon()
    subscribed()
  }

  const abandon = (): void => {
    held?.cancelTimer()
    held?.controller.abort()
    held = undefined
  }

  const end = (failure: Failure | undefined, isUseless: boolean): void => {
    close()
    onEnded(failure, isUseless)
  }

  const next = (delay: number): void => {
    cancelNext = clock.after(delay, begin)
  }

  const nextAbout = (delay: number): void => {
    cancelNext = coalesced(delay, begin)
  }

  // Whatever one poll runs into, the account goes on.
  const begin = (): void => void hold().catch(() => end({ code: 'internal' }, false))

  const hold = async (): Promise<void> => {
    const current: HeldPoll = {
      controller: new AbortController(),
      isChunked: mayChunk() && !mayBeBuffered,
      startedAt: clock.elapsed(),
      wasPlaced: isPlaced(positions),
      hasMoved: false,
      messages: 0,
      cancelTimer: clock.after(firstChunkDelay, () => firstChunkMissing(current)),
    }
    held = current
    const { isChunked, controller } = current
    const take = (messages: readonly BusMessage[]): void => receive(current, messages)
    const result = await poll({ positions, isChunked, onMessages: take, signal: controller.signal })
    current.cancelTimer()
    if (controller.signal.aborted || !isOpen) return
    held = undefined
    if (result.ok) over(current)
    else failed(current, result.failure)
  }

  /** The poll has brought something, if only the sign that it is held. */
  const receive = (current: HeldPoll, messages: readonly BusMessage[]): void => {
    current.cancelTimer()
    const reading = readBus(positions, messages)
    if (reading.positions !== positions) current.hasMoved = true
    positions = reading.positions
    if (isPlaced(positions)) subscribed()
    if (reading.isDoubtful) onDoubt()
    if (reading.messages.length > 0) onMessages(reading.messages)
    current.messages += messages.length
    if (current.messages <= mostMessages || held !== current) return
    abandon()
    onDoubt()
    next(rest(current))
  }

  const firstChunkMissing = (current: HeldPoll): void => {
    subscribed()
    if (!current.isChunked || held !== current) return
    mayBeBuffered = true
    abandon()
    begin()
  }

  /** Milliseconds until the next poll is due after one that brought nothing. */
  const rest = ({ startedAt }: HeldPoll): number => Math.max(0, startedAt + period() - clock.elapsed())

  const over = (current: HeldPoll): void => {
    const { isChunked, startedAt, wasPlaced, hasMoved } = current
    if (mayBeBuffered && !isChunked) onBuffered()
    mayBeBuffered = false
    const lasted = clock.elapsed() - startedAt
    const wasHeld = lasted >= shortestHold
    if (hasMoved || wasHeld) short = 0
    else short += 1
    if (short >= mostShort) end(undefined, true)
    else if (isChunked || !hasMoved) nextAbout(wasHeld ? period() - lasted : shortestHold)
    // Being told where the channels are is no news; only from there on anything can be missed.
    else if (!wasPlaced) begin()
    else afterMessage()
  }

  const afterMessage = (): void => {
    const isFirst = clock.elapsed() - newsAt > burst
    newsAt = clock.elapsed()
    next(isFirst ? companionDelay : burstPause)
  }

  const failed = (current: HeldPoll, failure: Failure): void => {
    const { code, params } = failure
    const seconds = params?.['seconds']
    const isShortWait = typeof seconds === 'number' && seconds <= longestWait
    if ((code === 'rate_limited' || code === 'paced') && isShortWait) next(seconds * 1000 + 1000)
    // The next one begins as late as after a whole one, so that a proxy that cuts polls short costs nothing.
    else if (cuts.has(code) && clock.elapsed() - current.startedAt >= shortestHold) next(rest(current))
    else end(failure, code === 'unexpected_answer' && params?.['status'] === 404)
  }

  return {
    open: () => {
      if (!isOpen) {
        isOpen = true
        short = 0
        begin()
      }
      // Where the positions are known already, the forum keeps for us what comes before the poll.
      if (isPlaced(positions) || !isOpen) return Promise.resolve()
      return new Promise((resolve) => {
        onSubscribed = [...onSubscribed, resolve]
      })
    },
    close,
    isOpen: () => isOpen,
  }
}
