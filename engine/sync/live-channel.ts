import type { Failure, Result } from '../../common/contract/failure.ts'
import type { BusMessage, Positions } from '../discourse/message-bus.ts'
import type { Clock } from '../ports/clock.ts'
import { readBus } from './live-positions.ts'

/** One account's live channel: polls that its forum holds until something happens, one after the other. */
export interface LiveChannel {
  /** Begins, or goes on with what it knew. Does nothing while it runs. */
  open(): void
  /** Ends a poll that is held, and asks no more. */
  close(): void
  isOpen(): boolean
}

/** What a live channel is made with. */
export interface LiveChannelOptions {
  readonly clock: Clock
  /** Asks the bus once; `cancelled` when the signal ended it. */
  readonly poll: (positions: Positions, signal: AbortSignal) => Promise<Result<readonly BusMessage[]>>
  /** Where to begin. */
  readonly positions: Positions
  /** Milliseconds between the end of one poll and the next. */
  readonly breath: () => number
  /** The forum has told something. */
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /** Something may have been missed, or the key may not count any more: ask with the key. */
  readonly onDoubt: () => void
  /** The channel has ended by itself. `isUseless` when this forum's will not be of use for long. */
  readonly onEnded: (failure: Failure | undefined, isUseless: boolean) => void
}

/** A poll that is answered with nothing sooner was not held. In milliseconds. */
const shortestHold = 5000
/** The usual length of a held poll; when something cuts it, the next one still begins as late as after a whole one. */
const defaultHold = 25_000
/** A channel that has to wait longer than so many seconds is none. */
const longestWait = 60
/** How long the companion of a first message is waited for, and how long what follows counts as the same burst. */
const companionDelay = 100
const burst = 15_000
/** So many polls in a row that were not held show that they never will be. */
const mostShort = 3
/** What a proxy that has no patience does to a held poll. */
const cuts: ReadonlySet<Failure['code']> = new Set([
  'connection_lost',
  'timed_out',
  'site_maintenance',
  'site_unavailable',
])

export const createLiveChannel = (options: LiveChannelOptions): LiveChannel => {
  const { clock, poll, breath, onMessages, onDoubt, onEnded } = options
  let { positions } = options
  let holding: AbortController | undefined
  let cancelNext: () => void = () => undefined
  let isOpen = false
  let short = 0
  let newsAt = Number.NEGATIVE_INFINITY

  const close = (): void => {
    isOpen = false
    cancelNext()
    holding?.abort()
    holding = undefined
  }

  const end = (failure: Failure | undefined, isUseless: boolean): void => {
    close()
    onEnded(failure, isUseless)
  }

  const next = (delay: number): void => {
    cancelNext = clock.after(delay, begin)
  }

  // Whatever one poll runs into, the account goes on.
  const begin = (): void => void hold().catch(() => end({ code: 'internal' }, false))

  const hold = async (): Promise<void> => {
    const controller = new AbortController()
    holding = controller
    const startedAt = clock.now()
    const answer = await poll(positions, controller.signal)
    if (controller.signal.aborted || !isOpen) return
    const held = clock.now() - startedAt
    // As if it had been held to the end, so that a proxy that cuts polls short costs nothing.
    const rest = Math.max(0, defaultHold - held) + breath()
    if (!answer.ok) {
      const { code, params } = answer.failure
      const seconds = params?.['seconds']
      const isShortWait = typeof seconds === 'number' && seconds <= longestWait
      if ((code === 'rate_limited' || code === 'paced') && isShortWait) return next(seconds * 1000 + breath())
      if (cuts.has(code) && held >= shortestHold) return next(rest)
      const isMissing = code === 'unexpected_answer' && params?.['status'] === 404
      return end(answer.failure, isMissing)
    }
    const wasPlaced = !Object.values(positions).includes(-1)
    const reading = readBus(positions, answer.value)
    const hasMoved = reading.positions !== positions
    positions = reading.positions
    if (reading.isDoubtful) onDoubt()
    if (reading.messages.length > 0) onMessages(reading.messages)
    if (hasMoved) {
      short = 0
      // Being told where the channels are is no news; only from there on anything can be missed.
      if (!wasPlaced) return begin()
      // What belongs together comes in several messages, and a poll ends with the first of them.
      const isFirst = clock.now() - newsAt > burst
      newsAt = clock.now()
      return next(isFirst ? companionDelay : breath())
    }
    short = held < shortestHold ? short + 1 : 0
    if (short >= mostShort) return end(undefined, true)
    next(held < shortestHold ? breath() : rest)
  }

  return {
    open: () => {
      if (isOpen) return
      isOpen = true
      short = 0
      begin()
    },
    close,
    isOpen: () => isOpen,
  }
}
