import type { Counts } from '../../common/contract/snapshot.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { UnreportedChanges } from './presence.ts'

/**
 * Detects a live channel that looks healthy but stays silent: a forum publishes nothing to members it has not seen for
 * thirty days, and requests with a key do not count as visits (protocol.md 5.6 and 14).
 */
export interface ChannelSilence {
  /** The channel has delivered these. */
  onBusMessages(messages: readonly BusMessage[]): void
  /** A request for the counts begins. */
  onQuestion(): void
  /** It succeeded: the counts before and after. */
  onCounts(before: Counts | null, after: Counts): void
  /** The channel is closed: it cannot report what happens before it is open and the counts are read again. */
  onClosed(): void
  /** Whether the counts rose without a bus message, and the channel has delivered none since. */
  isSilent(): boolean
  /** Which changes the channel may not report: all if it is silent, or that chat is read in the browser. */
  unreported(): UnreportedChanges
}

/**
 * Reading chat in the browser sends no bus message. For how long after a change in chat to watch for it, in
 * milliseconds.
 */
const chatWatch = 30 * 60_000

/** @param unreadChat the forum's last count */
export const createChannelSilence = (clock: Clock, unreadChat: number): ChannelSilence => {
  let isSilent = false
  let chat = unreadChat
  let chatChangedAt = Number.NEGATIVE_INFINITY
  /** How often the channel has delivered messages: in total, and when this request and the previous one began. */
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
      // Rows of deleted topics vanish silently (protocol.md 14), and chat has its own channel: only a rise is
      // conclusive.
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
    unreported: () => {
      if (isSilent) return 'all'
      return chat > 0 && clock.elapsed() - chatChangedAt < chatWatch ? 'chat' : 'none'
    },
  }
}
