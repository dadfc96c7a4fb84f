import { fail } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import type { Session } from '../discourse/forum-client.ts'
import { type BusMessage, type Positions, pollMessageBus } from '../discourse/message-bus.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Vault } from '../storage/vault.ts'
import { backOff } from './back-off.ts'
import type { Budget } from './budget.ts'
import type { Gate } from './gate.ts'
import { createLiveChannel, type LiveChannel } from './live-channel.ts'
import type { Pace } from './presence.ts'

/** Decides when an account's live channel is held. */
export interface AccountLive {
  /** Holds it, if the pace allows and the forum has one that is of use. `session` says where its channels are. */
  open(session: Session | undefined): void
  close(): void
  isOpen(): boolean
  /** Another network: what was of no use may be of use now. */
  forgetTroubles(): void
}

/** What it is made with. */
export interface AccountLiveOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly random: Random
  readonly pace: () => Pace | undefined
  readonly onMessages: (messages: readonly BusMessage[]) => void
  /** Something may have been missed, or the channel has ended: only a question with the key tells how things stand. */
  readonly onDoubt: () => void
}

const minute = 60_000
/** A channel that was of no use is tried again after this: the forum may have been updated. */
const lookedForAgain = 24 * 60 * minute

export const createAccountLive = (options: AccountLiveOptions): AccountLive => {
  const { id, model, vault, gate, budget, clock, random, pace, onMessages, onDoubt } = options
  let channel: LiveChannel | undefined
  /** After it ended in a failure, it is opened again no sooner than this. */
  let againAt = 0
  let longestPause = 0
  let failures = 0

  const setUselessSince = (liveUselessSince: number | null): void =>
    model.changeAccount(id, (now) => ({ ...now, cache: { ...now.cache, liveUselessSince } }))

  /** undefined where there cannot be one: below a folder no key with our scopes may use it (protocol.md 3). */
  const channelOf = ({ site, userId }: Account, session: Session | undefined): LiveChannel | undefined => {
    const user = session?.userId ?? userId
    if (user === null || new URL(site.base).pathname !== '/') return undefined
    const client = random.hex(16)
    return createLiveChannel({
      clock,
      positions: channels(user, session),
      breath: () => pace()?.breath ?? minute,
      poll: async (positions, signal) => {
        const key = vault.secrets()?.keys[id]
        if (key === undefined) return fail('key_missing', { host: site.host })
        return await pollMessageBus(gate.keyed(budget, 'live'), { base: site.base, key, client, positions, signal })
      },
      onMessages: (messages) => {
        failures = 0
        onMessages(messages)
      },
      onDoubt,
      onEnded: (failure, isUseless) => {
        failures += 1
        const asked = Number(failure?.params?.['seconds'] ?? 0) * 1000
        longestPause = Math.max(asked, backOff(failures, minute, random.fraction()))
        againAt = clock.now() + longestPause
        model.changeAccount(id, (now) => ({ ...now, isLive: false }))
        if (isUseless) setUselessSince(clock.now())
        onDoubt()
      },
    })
  }

  return {
    open: (session) => {
      const account = model.account(id)
      const now = clock.now()
      // Not longer than that, whatever the clock was set to meanwhile.
      againAt = Math.min(againAt, now + longestPause)
      if (account === undefined || pace()?.isLive !== true || now < againAt) return
      const { liveUselessSince } = account.cache
      if (liveUselessSince !== null && now - liveUselessSince < lookedForAgain) return
      channel ??= channelOf(account, session)
      channel?.open()
    },
    close: () => channel?.close(),
    isOpen: () => channel?.isOpen() === true,
    forgetTroubles: () => {
      againAt = 0
      if (model.account(id)?.cache.liveUselessSince !== null) setUselessSince(null)
    },
  }
}

/** The channels of a user, and where they were when the session was read. */
const channels = (userId: number, session: Session | undefined): Positions => ({
  [`/notification/${userId}`]: session?.notificationPosition ?? -1,
  [`/notification-alert/${userId}`]: -1,
  [`/reviewable_counts/${userId}`]: -1,
  [`/do-not-disturb/${userId}`]: session?.doNotDisturbPosition ?? -1,
})
