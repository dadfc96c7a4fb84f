import type { Cancellation } from '../network/cancellation.ts'
import type { Clock } from '../ports/clock.ts'

/** A chunked poll. */
export interface CheckedPoll {
  readonly cancellation: Cancellation
  /** On the monotonic clock. */
  readonly startedAt: number
}

/**
 * Finds out whether a proxy buffers what a forum streams (protocol.md 5.6). A first chunk that is late proves nothing:
 * forum and network may be slow. So its poll goes on, only to show how it ends, while polls without chunks beside it bring
 * the news. A proxy buffers if two polls in a row arrive as a whole.
 */
export interface BufferingCheck {
  /** How long to wait for the first chunk, in milliseconds. */
  patience(): number
  /** Whether a late poll goes on. */
  isPending(): boolean
  /** A chunk of a poll has come, and the first one in time. */
  onPunctual(poll: CheckedPoll): void
  /** The first chunk of this poll is late. */
  onLate(poll: CheckedPoll): void
  /** A chunk of any poll has come. @returns whether the poll is the late one, whose messages others have brought */
  onChunk(poll: CheckedPoll): boolean
  onEnd(poll: CheckedPoll): void
  /** A poll without chunks has succeeded, so there is no outage. @returns whether a proxy buffers */
  onSuccess(): boolean
  /** Ends the late poll without a conclusion. */
  cancel(): void
}

/** A forum sends the first chunk at once. In milliseconds, like all durations below. */
const defaultPatience = 5000
/** Less than a poll lasts. */
const mostPatience = 20_000
/** What follows the first chunk sooner was probably waiting together with it. */
const onePiece = 1000
/** How many polls in a row show that a proxy buffers. The network may have stalled during one. */
const enough = 2

export const createBufferingCheck = (clock: Clock): BufferingCheck => {
  let late: { readonly poll: CheckedPoll; chunks: number; isWhole: boolean } | undefined
  let whole = 0
  let patience = defaultPatience

  const drop = (): void => {
    late?.poll.cancellation.cancel()
    late = undefined
  }

  /** A moment after the first chunk. Nothing else came with it, neither chunks nor the end: the forum is slow. */
  const conclude = (poll: CheckedPoll): void => {
    if (late?.poll !== poll || late.isWhole) return
    if (late.chunks > 1) {
      late.isWhole = true
      poll.cancellation.cancel()
      return
    }
    patience = Math.min(mostPatience, 2 * (clock.elapsed() - poll.startedAt))
    whole = 0
    drop()
  }

  return {
    patience: () => patience,
    isPending: () => late !== undefined,
    onPunctual: ({ startedAt }) => {
      whole = 0
      if (clock.elapsed() - startedAt < defaultPatience) patience = defaultPatience
    },
    onLate: (poll) => {
      late = { poll, chunks: 0, isWhole: false }
    },
    onChunk: (poll) => {
      if (late?.poll !== poll) return false
      late.chunks += 1
      if (late.chunks === 1) clock.after(onePiece, () => conclude(poll))
      return true
    },
    onEnd: (poll) => {
      if (late?.poll === poll) late.isWhole = true
    },
    onSuccess: () => {
      if (late?.isWhole !== true) return false
      late = undefined
      whole += 1
      return whole >= enough
    },
    cancel: drop,
  }
}
