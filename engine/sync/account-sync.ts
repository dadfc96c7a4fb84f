import { isDeepStrictEqual } from 'node:util'
import type { ChannelState } from '../../common/contract/diagnosis.ts'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountState } from '../../common/contract/snapshot.ts'
import type { Account } from '../account.ts'
import type { Session } from '../discourse/forum-client.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { AccountCache } from '../storage/account-cache.ts'
import type { Vault } from '../storage/vault.ts'
import { createAccountLive } from './account-live.ts'
import { createAccountNews, type RowEvents } from './account-news.ts'
import { type Answer, createAccountQuestion } from './account-question.ts'
import { backOff } from './back-off.ts'
import type { Budget, Purpose } from './budget.ts'
import { createChannelSilence } from './channel-silence.ts'
import type { Gate } from './gate.ts'
import { afterRefusal, doubtPeriod, type KeyTrust } from './key-trust.ts'
import type { Pace, PaceOptions } from './presence.ts'
import { createQuestionSchedule } from './question-schedule.ts'
import { troubled } from './troubled.ts'

/** Keeps one account up to date: questions by the clock, and the live channel between them. */
export interface AccountSync {
  /** The account is new, or its key is: `session` is what the forum has said of its owner. */
  begin(session: Session | null): void
  /** Asks after so many milliseconds, instead of whatever was planned. */
  askAfter(delay: number): void
  /** Asks for the counts now; while they are being asked for already, waits for that answer. */
  refresh(purpose: Purpose): Promise<Result<null>>
  /** The forum has confirmed that these are read, so what is being asked for may be old already: asks, again if need be. */
  onMarkedRead(notifications: readonly number[]): void
  /** The network is another one: what failed for its sake is tried after so many milliseconds. */
  networkChanged(delay: number): void
  /** The pace is another one; where that is quicker, the forum is asked after so many milliseconds. */
  paceChanged(delay: number): void
  /** How the live channel stands; null while there is none. */
  channel(): ChannelState | null
  /** No more questions. */
  stop(): void
}

export interface AccountSyncOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly random: Random
  /** The pace at the moment; undefined while the machine sleeps. */
  readonly paceOf: (channel: Pick<PaceOptions, 'isOpen' | 'isBlind'>) => Pace | undefined
  /** New numbers have arrived; `before` is the account as it stood. */
  readonly onCounts: (before: Account) => void
  readonly rowEvents: RowEvents
  /** The forum has stopped accepting the account's key; called once. */
  readonly onRefused: (id: string) => void
}

const minute = 60_000
const day = 24 * 60 * minute
/** Reading chat in the browser makes no sound on the live channel, so for this time after chat has changed totals are asked for. */
const chatWatch = 30 * minute
/** When a key that the forum had refused is tried again, and nobody knows whether it is refused still. */
const refusedRetry = 60 * minute

/** The words of a post follow its notification, and quiet is no number: neither changes what totals say. */
const isWithoutCounts = (channel: string): boolean =>
  channel.startsWith('/notification-alert/') || channel.startsWith('/do-not-disturb/')

/** What follows from an answer. */
interface Outcome {
  readonly result: Result<null>
  readonly state?: AccountState
  readonly refused?: boolean
  /** What is remembered from now on; the rest of the memory may have changed meanwhile. */
  readonly cache?: Partial<AccountCache>
  /** The list, when it was asked for; null when it did not come. */
  readonly list?: NotificationList | null | undefined
  /** Milliseconds to the next question; without it, only the user brings the account back. */
  readonly next?: number
}

export const createAccountSync = (options: AccountSyncOptions): AccountSync => {
  const { id, model, vault, gate, budget, clock, random, paceOf, onCounts, rowEvents, onRefused } = options
  const news = createAccountNews({ id, model, rowEvents })
  const silence = createChannelSilence()
  const schedule = createQuestionSchedule(
    clock,
    () => askByClock(),
    () => pace()?.followUp ?? 0,
  )
  let failures = 0
  let trust: KeyTrust = { kind: 'trusted' }
  /** As the forum last said: the pace is worked out before the model has an answer's counts. */
  let unreadChat = model.account(id)?.cache.counts?.chat ?? 0
  let chatChangedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<Result<null>> | undefined
  let isStopped = false

  /** Whether something may happen of which the live channel says nothing. */
  const isBlind = (): boolean =>
    silence.isSilent() || (unreadChat > 0 && Math.abs(clock.now() - chatChangedAt) < chatWatch)

  const pace = (): Pace | undefined => paceOf({ isOpen: live.isOpen(), isBlind: isBlind() })

  const live = createAccountLive({
    ...{ id, model, vault, gate, budget, clock, random, pace },
    onMessages: (messages: readonly BusMessage[]) => {
      silence.onBusMessages(messages)
      model.batch(() => news.onBusMessages(messages))
      if (messages.some(({ channel }) => !isWithoutCounts(channel))) schedule.hurry()
    },
    onDoubt: () => {
      silence.onClosed()
      news.wantList()
      schedule.hurry()
    },
  })

  const question = createAccountQuestion({
    ...{ id, model, vault, gate, budget, clock, live, news },
    isTroubled: () => failures > 0 || trust.kind !== 'trusted',
  })

  /** Not exactly as often as is due, so that many accounts do not fall into step; never later where that is promised. */
  const defaultPause = (): number => {
    const present = pace()
    if (present === undefined) return day
    return present.question * (live.isOpen() ? 0.94 + 0.06 * random.fraction() : 0.9 + 0.2 * random.fraction())
  }

  const closeLive = (): void => {
    live.close()
    silence.onClosed()
  }

  const counted = (account: Account, { reading }: Answer & { kind: 'counted' }): Outcome => {
    const now = clock.now()
    failures = 0
    trust = { kind: 'trusted' }
    const { totalsMissingSince, counts } = account.cache
    silence.onCounts(counts, reading.counts)
    if (!live.isOpen()) silence.onClosed()
    unreadChat = reading.counts.chat
    if (counts !== null && unreadChat !== counts.chat) chatChangedAt = now
    const cache = {
      // The same object while nothing has changed, so that nothing is written or shown anew for it.
      counts: isDeepStrictEqual(reading.counts, counts) ? counts : reading.counts,
      checkedAt: now,
      lastUsedAt: now,
      totalsMissingSince: reading.hasTotals ? null : (totalsMissingSince ?? now),
      refusedKeyTriedAt: null,
    }
    // Renamed on the forum, it is the same account with other links.
    const { username = account.username } = reading
    if (username !== account.username) model.changeAccount(id, (present) => ({ ...present, username }))
    return { result: ok(null), state: { kind: 'fresh' }, refused: false, cache, next: defaultPause() }
  }

  const failed = ({ state, refused }: Account, failure: Failure): Outcome => {
    const result = { ok: false, failure } as const
    const now = clock.now()
    const wait = failure.params?.['seconds']
    if (failure.code === 'paced' && typeof wait === 'number') {
      const next = wait * 1000
      // The forum's time is over; that the account still waits is our own doing, and no longer the forum's.
      const isOver = state.kind === 'limited' && state.until <= now
      return isOver ? { result, next, state: troubled(state, failure, now) } : { result, next }
    }
    if (refused) return { result, next: refusedRetry }
    if (failure.code === 'rate_limited' && typeof wait === 'number') {
      // A second later than asked: both clocks are rounded.
      return { result, state: { kind: 'limited', until: now + wait * 1000 }, next: wait * 1000 + 1000 }
    }
    failures += 1
    const unwatched = paceOf({ isOpen: false, isBlind: false })
    const next = backOff(failures, unwatched?.question ?? minute, random.fraction())
    return { result, state: troubled(state, failure, now), next }
  }

  const keyRefused = (account: Account, failure: Failure): Outcome => {
    const now = clock.now()
    trust = account.refused ? { kind: 'refused' } : afterRefusal(trust, now)
    if (trust.kind === 'refused') {
      const cache = { refusedKeyTriedAt: now }
      return {
        result: { ok: false, failure },
        state: { kind: 'needsSignIn', failure },
        refused: true,
        cache,
        next: day,
      }
    }
    const doubt: Failure = { code: 'access_doubted', params: { host: account.site.host } }
    const next = doubtPeriod * (1 + 0.2 * random.fraction())
    return { result: { ok: false, failure: doubt }, state: troubled(account.state, doubt, now), next }
  }

  const outcomeOf = (account: Account | undefined, answer: Answer): Outcome => {
    if (answer.kind === 'idle') return { result: answer.result }
    if (answer.kind === 'locked') return { result: fail('keychain_locked'), state: { kind: 'locked' } }
    if (account === undefined) return { result: fail('account_unknown', { account: id }) }
    switch (answer.kind) {
      case 'counted':
        return { ...counted(account, answer), list: answer.list }
      case 'failed':
        return failed(account, answer.failure)
      case 'keyRefused':
        return keyRefused(account, answer.failure)
      case 'keyMissing': {
        const { failure } = answer
        return { result: { ok: false, failure }, state: { kind: 'needsSignIn', failure } }
      }
    }
  }

  /** Applies an answer in one go: who sees the new state sees what follows from it planned as well. */
  const settle = (answer: Answer): Result<null> => {
    asking = undefined
    const before = model.account(id)
    const { result, state, refused, cache, list, next } = outcomeOf(before, answer)
    if (isStopped) return result
    if (!result.ok && state !== undefined) closeLive()
    schedule.onAnswer(next, !result.ok)
    if (before === undefined || state === undefined) return result
    const listedAt = list ? { listedAt: clock.now() } : {}
    model.changeAccount(id, (account) => ({
      ...account,
      ...(refused === undefined ? {} : { refused }),
      state,
      cache: { ...account.cache, ...cache, ...listedAt },
      isLive: live.isOpen(),
    }))
    if (list !== undefined) news.onList(list)
    // What the forum says of a key is remembered, so that a dead one is not tried at each start.
    if (refused !== undefined && refused !== before.refused) {
      model.save()
      if (refused) onRefused(id)
    }
    if (result.ok) onCounts(before)
    return result
  }

  const refresh = (purpose: Purpose): Promise<Result<null>> => {
    if (asking !== undefined) return asking
    schedule.onQuestion()
    silence.onQuestion()
    asking = question
      .ask(purpose)
      // Whatever one question runs into, the next one is asked.
      .catch((): Answer => ({ kind: 'failed', failure: { code: 'internal' } }))
      .then((answer) => model.batch(() => settle(answer)))
    return asking
  }

  const askByClock = (): void => {
    const rest = untilRefusedKeyIsTried()
    if (rest === 0) void refresh('question')
    else waitWithRefusedKey(rest)
  }

  /** Milliseconds until a key that the forum has refused is tried again, once a day; 0 for others. */
  const untilRefusedKeyIsTried = (): number => {
    const account = model.account(id)
    if (account?.refused !== true || account.revoking) return 0
    const since = clock.now() - (account.cache.refusedKeyTriedAt ?? Number.NEGATIVE_INFINITY)
    return since < 0 ? day : Math.max(0, day - since)
  }

  const waitWithRefusedKey = (rest: number): void => {
    schedule.plan(rest)
    model.changeAccount(id, (account) => {
      const failure: Failure = { code: 'access_refused', params: { host: account.site.host } }
      return { ...account, state: { kind: 'needsSignIn', failure } }
    })
  }

  return {
    begin: (session) => {
      if (session !== null) question.onSession(session)
      void refresh('user')
    },
    askAfter: schedule.plan,
    refresh: (purpose) => {
      if (purpose === 'user') news.wantList()
      return refresh(purpose)
    },
    onMarkedRead: (notifications) => {
      news.onMarkedRead(notifications)
      if (asking === undefined) void refresh('user')
      else schedule.askAgain()
    },
    networkChanged: (delay) => {
      // The live channel may be of use through another network, and what is held through the old one is dead.
      const wasLive = live.isOpen()
      closeLive()
      if (wasLive) model.changeAccount(id, (account) => ({ ...account, isLive: false }))
      live.forgetTroubles()
      if (wasLive || failures > 0) schedule.plan(delay)
    },
    paceChanged: (delay) => {
      const present = pace()
      if (present?.isLive !== true && live.isOpen()) {
        closeLive()
        model.changeAccount(id, (account) => ({ ...account, isLive: false }))
      }
      if (present === undefined) schedule.cancel()
      // What failed keeps its own time, and what nobody may ask is not asked.
      if (present === undefined || failures > 0 || model.account(id)?.state.kind !== 'fresh') return
      schedule.plan(present.isLive ? delay : defaultPause())
    },
    channel: () => {
      if (!live.isOpen()) return null
      if (silence.isSilent()) return 'silent'
      return live.isBuffered() ? 'buffered' : 'streamed'
    },
    stop: () => {
      isStopped = true
      schedule.stop()
      live.close()
    },
  }
}
