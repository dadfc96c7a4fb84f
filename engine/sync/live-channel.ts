import type { Failure, Result } from '../../common/contract/failure.ts'
import type { BusMessage, BusPoll, Positions } from '../discourse/message-bus.ts'
import { Cancellation } from '../network/cancellation.ts'
import type { Clock } from '../ports/clock.ts'
import type { CoalescedTimer } from '../timing/coalesce-timers.ts'
import { createBufferingCheck } from './buffering-check.ts'
import { readBus } from './live-positions.ts'

/** One account's live channel: long polls, one after the other. */
export interface LiveChannel {
  /**
   * Opens the channel, resuming from its last positions. Resolves once nothing that happens from now on can be missed,
   * or when that fails or takes too long; at once if it is already running.
   */
  open(): Promise<void>
  /** Aborts the held poll and stops polling. */
  close(): void
  isOpen(): boolean
}

/** The options of one poll. */
export type ChannelPoll = Pick<BusPoll, 'positions' | 'isChunked' | 'onMessages' | 'cancellation'>

export interface LiveChannelOptions {
  readonly clock: Clock
  /** Timer for the pause between polls while nothing happens; shared by all accounts, so that their polls coincide. */
  readonly coalesced: CoalescedTimer
  /** Polls the bus once; resolves when the poll is over, with `cancelled` if it was aborted. */
  readonly poll: (poll: ChannelPoll) => Promise<Result<null>>
  /** The initial positions. */
  readonly positions: Positions
  /** Whether to request a chunked response: no proxy is known to buffer it. */
  readonly mayChunk: () => boolean
  /** The minimum time from the start of one poll to the start of the next while nothing happens, in milliseconds. */
  readonly period: () => number
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /**
   * A poll has brought what was waiting for it, and is held now: what happens next, it brings at once. Called with false
   * when it has ended.
   */
  readonly onListening: (isListening: boolean) => void
  /** Something may have been missed, or the key may be invalid: only a request with the key can tell. */
  readonly onDoubt: () => void
  /** A proxy buffers the chunks until the poll is over. From now on `mayChunk` should return false. */
  readonly onBuffered: () => void
  /** The channel has ended by itself. `isUseless` if this forum's channel will be unusable for a long time. */
  readonly onEnded: (failure: Failure | undefined, isUseless: boolean) => void
}

/** A poll that ends sooner was not held. In milliseconds, like all durations below without a unit. */
const shortestHold = 5000
/** A channel that would have to wait for more seconds than this is closed instead. */
const longestWait = 60
/**
 * Without chunking, a poll ends with the first bus message; the second one about the same event arrives with the next
 * poll, up to 413 ms later.
 */
const companionDelay = 100
/** Bus messages within this time of each other are one burst, in which there is a pause between polls. */
const burst = 15_000
const burstPause = 5500
/** After so many polls in a row that were not held, the forum is taken never to hold them. */
const mostShort = 3
/** More bus messages in one poll than this are a flood, and the poll is aborted. */
const mostMessages = 500
/** How a held poll fails if a proxy cuts long requests. */
const cuts: ReadonlySet<Failure['code']> = new Set([
  'connection_lost',
  'timed_out',
  'site_maintenance',
  'site_unavailable',
])

/** After so many answers in a row that could not be read, the channel begins anew at the end of the bus. */
const mostUnreadable = 2
/** How a poll fails whose answer comes again as long as the positions stay the same. */
const unreadable: ReadonlySet<Failure['code']> = new Set(['answer_unreadable', 'answer_too_large'])

/** A pending poll. */
interface HeldPoll {
  readonly cancellation: Cancellation
  readonly isChunked: boolean
  readonly startedAt: number
  /** Whether all positions were known when it was sent. */
  readonly wasPlaced: boolean
  hasMoved: boolean
  messages: number
  isListening: boolean
  cancelTimer(): void
}

const isPlaced = (positions: Positions): boolean => !Object.values(positions).includes(-1)

/** The same channels, at positions that the bus is to name. */
const unplaced = (positions: Positions): Positions =>
  Object.fromEntries(Object.keys(positions).map((channel) => [channel, -1]))

/** One closure over a hundred lines: its functions are the transitions of one held poll. */
export const createLiveChannel = (options: LiveChannelOptions): LiveChannel => {
  const { clock, coalesced, poll, mayChunk, period, onMessages, onListening, onDoubt, onBuffered, onEnded } = options
  const buffering = createBufferingCheck(clock)
  let { positions } = options
  let held: HeldPoll | undefined
  let cancelNext: () => void = () => undefined
  let isOpen = false
  let short = 0
  /** How many answers in a row could not be read, from the present positions. */
  let unreadableAnswers = 0
  let newsAt = Number.NEGATIVE_INFINITY
  let onSubscribed: readonly (() => void)[] = []

  const subscribed = (): void => {
    for (const resolve of onSubscribed) resolve()
    onSubscribed = []
  }

  const close = (): void => {
    isOpen = false
    cancelNext()
    buffering.cancel()
    abandon()
    subscribed()
  }

  const abandon = (): void => {
    held?.cancellation.cancel()
    leave()
  }

  const leave = (): void => {
    held?.cancelTimer()
    if (held?.isListening === true) onListening(false)
    held = undefined
  }

  const listen = (current: HeldPoll): void => {
    if (current.isListening || held !== current) return
    current.isListening = true
    onListening(true)
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

  // Whatever goes wrong in one poll, the account carries on.
  const begin = (): void => void hold().catch(() => end({ code: 'internal' }, false))

  const hold = async (): Promise<void> => {
    const current: HeldPoll = {
      cancellation: new Cancellation(),
      isChunked: mayChunk() && !buffering.isPending(),
      startedAt: clock.elapsed(),
      wasPlaced: isPlaced(positions),
      hasMoved: false,
      messages: 0,
      isListening: false,
      cancelTimer: clock.after(buffering.patience(), () => firstChunkMissing(current)),
    }
    held = current
    const { isChunked, cancellation } = current
    const take = (messages: readonly BusMessage[]): void => receive(current, messages)
    const result = await poll({ positions, isChunked, onMessages: take, cancellation })
    current.cancelTimer()
    buffering.onEnd(current)
    if (held !== current || !isOpen) return
    leave()
    if (result.ok) over(current)
    else failed(current, result.failure)
  }

  /** The poll has delivered something, if only the empty chunk that shows that it is held. */
  const receive = (current: HeldPoll, messages: readonly BusMessage[]): void => {
    current.cancelTimer()
    if (buffering.onChunk(current)) return
    if (current.isChunked) buffering.onPunctual(current)
    const reading = readBus(positions, messages)
    if (reading.positions !== positions) {
      current.hasMoved = true
      unreadableAnswers = 0
    }
    positions = reading.positions
    if (isPlaced(positions)) subscribed()
    if (reading.isDoubtful) onDoubt()
    if (reading.messages.length > 0) onMessages(reading.messages)
    listen(current)
    current.messages += messages.length
    if (current.messages <= mostMessages || held !== current) return
    abandon()
    onDoubt()
    next(rest(current))
  }

  const firstChunkMissing = (current: HeldPoll): void => {
    subscribed()
    // Had something been waiting, it would have ended a poll without chunks.
    if (!current.isChunked) listen(current)
    if (!current.isChunked || held !== current) return
    buffering.onLate(current)
    leave()
    begin()
  }

  /** Milliseconds until the next poll is due after one that delivered nothing. */
  const rest = ({ startedAt }: HeldPoll): number => Math.max(0, startedAt + period() - clock.elapsed())

  const over = (current: HeldPoll): void => {
    const { isChunked, startedAt, wasPlaced, hasMoved } = current
    if (!isChunked && buffering.onSuccess()) onBuffered()
    const lasted = clock.elapsed() - startedAt
    const wasHeld = lasted >= shortestHold
    if (hasMoved || wasHeld) short = 0
    else short += 1
    if (short >= mostShort) end(undefined, true)
    else if (isChunked || !hasMoved) nextAbout(wasHeld ? period() - lasted : shortestHold)
    // Learning the positions is not news; but from then on messages can be missed, so the next poll begins at once.
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
    if (unreadable.has(code)) unreadableAnswers += 1
    // What lies between is in the counts and the list, which are read when the channel is open again.
    if (unreadableAnswers >= mostUnreadable) positions = unplaced(positions)
    // Nothing was answered at all, so it was an outage.
    if (!current.isChunked) buffering.cancel()
    const seconds = params?.['seconds']
    const isShortWait = typeof seconds === 'number' && seconds <= longestWait
    if ((code === 'rate_limited' || code === 'paced') && isShortWait) next(seconds * 1000 + 1000)
    // The next poll begins no sooner than after a full one, so that a proxy that cuts polls short costs no requests.
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
      // If the positions are already known, the forum keeps what arrives before the poll.
      if (isPlaced(positions) || !isOpen) return Promise.resolve()
      return new Promise((resolve) => {
        onSubscribed = [...onSubscribed, resolve]
      })
    },
    close,
    isOpen: () => isOpen,
  }
}
