import { type Failure, fail } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import { type BusMessage, type Positions, pollMessageBus } from '../discourse/message-bus.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { AccountCache } from '../storage/account-cache.ts'
import type { Vault } from '../storage/vault.ts'
import type { CoalescedTimer } from '../timing/coalesce-timers.ts'
import { backOff } from './back-off.ts'
import type { Budget } from './budget.ts'
import type { Gate } from './gate.ts'
import { createLiveChannel, type LiveChannel } from './live-channel.ts'
import type { Pace } from './presence.ts'

/** Decides when an account's live channel is open. */
export interface AccountLive {
  /**
   * Opens the channel if the pace allows it, the user's id is known, and the forum's channel is usable. Resolves once
   * anything read from the forum is at least as new as the channel's position, or after a few seconds at the latest.
   */
  open(): Promise<void>
  close(): void
  isOpen(): boolean
  /** Whether a proxy is known to buffer what the forum streams. */
  isBuffered(): boolean
  /** The network has changed: a channel that was unusable may work now. */
  forgetTroubles(): void
}

export interface AccountLiveOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly coalesced: CoalescedTimer
  readonly random: Random
  readonly pace: () => Pace | undefined
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /** Whether a poll is held that has brought what was waiting for it. */
  readonly onListening: (isListening: boolean) => void
  /** Something may have been missed, or the channel has ended: only a request with the key shows the current state. */
  readonly onDoubt: () => void
}

const minute = 60_000
/** After how long an unusable or buffered channel is tried again: the forum or the proxy may have changed. */
const lookedForAgain = 24 * 60 * minute

export const createAccountLive = (options: AccountLiveOptions): AccountLive => {
  const { id, model, vault, gate, budget, clock, coalesced, random, pace, onMessages, onListening, onDoubt } = options
  let channel: LiveChannel | undefined
  /** After a failure, the earliest time to reopen the channel, on the monotonic clock. */
  let againAt = 0
  /** The time of the first of the failures in a row, on the monotonic clock. */
  let failingSince: number | undefined

  const remember = (cache: Partial<Pick<AccountCache, 'liveUselessSince' | 'bufferedSince'>>): void =>
    model.changeAccount(id, (now) => ({ ...now, cache: { ...now.cache, ...cache } }))

  /** A time far in the future, recorded by a clock that was ahead, does not count as recent either. */
  const isRecent = (since: number | null | undefined): boolean =>
    since != null && Math.abs(clock.now() - since) < lookedForAgain

  const isBuffered = (): boolean => isRecent(model.account(id)?.cache.bufferedSince)

  const ended = (failure: Failure | undefined, isUseless: boolean): void => {
    failingSince ??= clock.elapsed()
    const asked = Number(failure?.params?.['seconds'] ?? 0) * 1000
    const lasted = clock.elapsed() - failingSince
    againAt = clock.elapsed() + Math.max(asked, backOff(lasted, minute, random.fraction()))
    model.changeAccount(id, (now) => ({ ...now, isLive: false }))
    if (isUseless) remember({ liveUselessSince: clock.now() })
    onDoubt()
  }

  /**
   * undefined where it is impossible: on a site in a folder, keys with our scopes may not use the bus (protocol.md 3).
   */
  const channelOf = ({ site, userId }: Account): LiveChannel | undefined => {
    if (userId === null || new URL(site.base).pathname !== '/') return undefined
    const client = random.hex(16)
    const http = gate.keyed(budget, 'live')
    return createLiveChannel({
      clock,
      coalesced,
      positions: channels(userId),
      period: () => pace()?.period ?? minute,
      mayChunk: () => !isBuffered(),
      poll: async (poll) => {
        const key = vault.secrets()?.keys[id]
        if (key === undefined) return fail('key_missing', { host: site.host })
        // A forum ends the poll that a client holds when it begins another one; both kinds may be held at once.
        const name = poll.isChunked ? client : `${client}0`
        const polled = await pollMessageBus(http, { base: site.base, key, client: name, ...poll })
        if (polled.ok) failingSince = undefined
        return polled
      },
      onMessages,
      onListening,
      onDoubt,
      onBuffered: () => remember({ bufferedSince: clock.now() }),
      onEnded: ended,
    })
  }

  return {
    open: async () => {
      const account = model.account(id)
      // A busy day may leave no requests for polls.
      if (pace()?.isLive !== true) channel?.close()
      if (account === undefined || pace()?.isLive !== true || clock.elapsed() < againAt) return
      if (isRecent(account.cache.liveUselessSince)) return
      channel ??= channelOf(account)
      await channel?.open()
    },
    close: () => channel?.close(),
    isOpen: () => channel?.isOpen() === true,
    isBuffered,
    forgetTroubles: () => {
      againAt = 0
      const { liveUselessSince, bufferedSince } = model.account(id)?.cache ?? {}
      if (liveUselessSince != null || bufferedSince != null) remember({ liveUselessSince: null, bufferedSince: null })
    },
  }
}

/**
 * A user's channels. Only the bus knows their positions: the sessions of real forums do not include them (protocol.md
 * 5.1). The chat channel is included even on forums without chat: it stays empty there, and works once chat is enabled.
 */
const channels = (userId: number): Positions => ({
  [`/notification/${userId}`]: -1,
  [`/notification-alert/${userId}`]: -1,
  [`/reviewable_counts/${userId}`]: -1,
  [`/do-not-disturb/${userId}`]: -1,
  [`/chat/notification-alert/${userId}`]: -1,
})
