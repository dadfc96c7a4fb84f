import type { Counts } from '../../common/contract/snapshot.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { Clock } from '../ports/clock.ts'

/**
 * Finds out whether a live channel that looks healthy says nothing: a forum publishes nothing to members it has not seen
 * for thirty days, and requests with a key do not count as being there (protocol.md 5.6 and 14).
 */
export interface ChannelSilence {
  /** The channel has brought these. */
  onBusMessages(messages: readonly BusMessage[]): void
  /** A question for the counts begins. */
  onQuestion(): void
  /** It was answered: the counts, before and now. */
  onCounts(before: Counts | null, after: Counts): void
  /** The channel is closed: what happens until it is open and the counts are read again, it cannot have said. */
  onClosed(): void
  /** Whether the counts rose without a word from the channel, and it has said nothing since. */
  isSilent(): boolean
  /** Whether something may happen of which the channel says nothing: it is silent, or chat may be read in the browser. */
  isBlind(): boolean
}

/** Reading chat in the browser makes no sound on the channel; it is looked for so long after chat has changed. In milliseconds. */
const chatWatch = 30 * 60_000

/** @param unreadChat as the forum last counted it */
export const createChannelSilence = (clock: Clock, unreadChat: number): ChannelSilence => {
  let isSilent = false
  let chat = unreadChat
  let chatChangedAt = Number.NEGATIVE_INFINITY
  /** How often the channel has spoken, in all, and when this question and the one before it began. */
  let words = 0
  let wordsAtQuestion = 0
  let wordsAtLast: number | undefined
  return {
    onBusMessages: (messages) => {
      if (!messages.some(({ channel }) => channel.startsWith('/notification/'))) return
      words += 1
      isSilent = false
    },
    onQuestion: () => {
      wordsAtQuestion = words
    },
    onCounts: (before, after) => {
      // Rows of deleted topics go without a word (protocol.md 14), and chat has words of its own: only a rise shows it.
      const hasRisen = before !== null && after.notifications + after.messages > before.notifications + before.messages
      if (hasRisen && wordsAtLast === words) isSilent = true
      wordsAtLast = wordsAtQuestion
      chat = after.chat
      if (before !== null && chat !== before.chat) chatChangedAt = clock.elapsed()
    },
    onClosed: () => {
      wordsAtLast = undefined
    },
    isSilent: () => isSilent,
    isBlind: () => isSilent || (chat > 0 && clock.elapsed() - chatChangedAt < chatWatch),
  }
}
