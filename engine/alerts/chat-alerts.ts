import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { AlertParts } from './alert-parts.ts'
import { hiddenAlert, riseAlert } from './alert-text.ts'
import { noteChatMessage, noteFallenCounts, riseOf, withCounts } from './ledger/alert-ledger.ts'

/**
 * Alerts about chat messages, and about what forums only count: chat whose messages are not sent, and the review queue.
 */
export interface ChatAlerts {
  onChatMessage(account: Account, message: BusAlert): void
  /** There is a new notification row about chat. */
  onChatRow(account: string): void
  /** The account has new counts. */
  onCounts(account: Account): void
  /** Whether the account's live channel has brought what was waiting for it. */
  onListening(account: string, isListening: boolean): void
  forget(account: string): void
}

/** How long a risen chat count waits for the message that caused it, which has an excerpt; in milliseconds. */
const messageDelay = 1500
/** How much longer it waits while the live channel is between two polls, of which the next one brings the message. */
const pollDelay = 5000
/**
 * For how long a live channel that listens may still bring what was told as a number: its first poll and the question for the
 * counts are answered in either order. In milliseconds.
 */
const catchUpDelay = 5000
/** For how long after a chat message an answer with a lower count may be older than the message, in milliseconds. */
const countDoubt = 15_000

export const createChatAlerts = (parts: AlertParts, onPending: (account: Account) => void): ChatAlerts => {
  const { model, clock, ledgers, queue, settings, hidden, quietOf } = parts
  /** When something was last said in chat, by account. */
  const heardAt = new Map<string, number>()
  const risen = new Set<string>()
  /** How many chat messages were told as a number, by account: the live channel may bring their words yet. */
  const counted = new Map<string, number>()
  const catchingUp = new Set<string>()
  /** Accounts whose live channel has brought what was waiting for it. */
  const listening = new Set<string>()
  let messages = 0

  /** What was waiting for the live channel, it has brought when it listens; what comes after that is new. */
  const forgetCounted = (id: string): void => {
    if (!listening.has(id) || !counted.has(id) || catchingUp.has(id)) return
    catchingUp.add(id)
    clock.after(catchUpDelay, () => {
      catchingUp.delete(id)
      // Its poll may have ended meanwhile, with another number told.
      if (listening.has(id)) counted.delete(id)
    })
  }

  const queueRiseAlert = (id: string): void =>
    queue.add({
      account: id,
      alert: () => {
        const account = model.account(id)
        const setting = settings.of(id)
        const counts = account?.cache.counts
        const rise = account && counts && riseOf(ledgers.of(account), counts)
        if (!rise || setting === undefined || settings.isUnwanted(id) || quietOf(id).isQuiet) return undefined
        if (!setting.isPrivate) return riseAlert(setting, rise)
        const { count, isAtLeast } = hidden.addCounted(account, rise.total)
        return hiddenAlert(setting, count, isAtLeast, undefined)
      },
      take: (ledger) => {
        const counts = model.account(id)?.cache.counts
        if (!counts || riseOf(ledger, counts) === null) return ledger
        const isDeferred = quietOf(id).isQuiet && !settings.isUnwanted(id)
        if (!isDeferred) {
          counted.set(id, (counted.get(id) ?? 0) + (riseOf(ledger, counts)?.chat ?? 0))
          forgetCounted(id)
        }
        return isDeferred ? { ...ledger, isRiseDeferred: true } : withCounts(ledger, counts)
      },
    })

  return {
    onChatMessage: (account, message) => {
      heardAt.set(account.id, clock.elapsed())
      const known = counted.get(account.id) ?? 0
      if (known > 0 && message.isDirectMessage) {
        counted.set(account.id, known - 1)
        return
      }
      messages += 1
      // Unique also over restarts: what waits is written with it.
      const item = chatItem(message, -(Math.floor(clock.now()) * 100 + (messages % 100)), clock.now())
      ledgers.set(account.id, noteChatMessage(ledgers.of(account), item, message.isDirectMessage))
      onPending(account)
    },
    onChatRow: (account) => void heardAt.set(account, clock.elapsed()),
    onCounts: (account) => {
      const { id, cache } = account
      if (cache.counts === null) return
      const isSure = clock.elapsed() - (heardAt.get(id) ?? Number.NEGATIVE_INFINITY) > countDoubt
      const ledger = noteFallenCounts(ledgers.of(account), cache.counts, isSure)
      ledgers.set(id, ledger)
      if (riseOf(ledger, cache.counts) === null || risen.has(id)) return
      risen.add(id)
      const isBetweenPolls = account.isLive && !listening.has(id)
      clock.after(messageDelay + (isBetweenPolls ? pollDelay : 0), () => {
        risen.delete(id)
        queueRiseAlert(id)
      })
    },
    onListening: (id, isListening) => {
      if (isListening) listening.add(id)
      else listening.delete(id)
      forgetCounted(id)
    },
    forget: (account) => {
      heardAt.delete(account)
      counted.delete(account)
      listening.delete(account)
      risen.delete(account)
    },
  }
}

/** A chat message as if it had a notification row. @param id negative */
const chatItem = (message: BusAlert, id: number, createdAt: number): NotificationItem => {
  const { kind, actor, title, place, topic, excerpt, url, isDirectMessage } = message
  const item = { id, kind, read: false, highPriority: isDirectMessage, createdAt, actor, secondActor: null }
  return { ...item, count: null, title, place, topic, excerpt, url }
}
