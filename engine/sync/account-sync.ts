import { isDeepStrictEqual } from 'node:util'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { AccountCache } from '../storage/account-cache.ts'
import type { Vault } from '../storage/vault.ts'
import { createAccountLive } from './account-live.ts'
import { createAccountNews, type RowEvents } from './account-news.ts'
import { backOff } from './back-off.ts'
import type { Budget, Purpose } from './budget.ts'
import type { Gate } from './gate.ts'
import { mostItems } from './merge-items.ts'
import type { Pace } from './presence.ts'
import { type CountsReading, readCounts } from './read-counts.ts'
import { troubled } from './troubled.ts'

/** Keeps one account up to date: questions by the clock, and the live channel between them. */
export interface AccountSync {
  /** The account is new, or its key is: `session` is what the forum has told of its owner. */
  begin(session: Session | null): void
  /** Asks after so many milliseconds, instead of whatever was planned. */
  askAfter(delay: number): void
  /**
   * Asks for the counts now, and for the user also for the list; while they are being asked for already, waits for that
   * answer.
   */
  refresh(purpose: Purpose): Promise<Result<null>>
  /** The forum has confirmed that these are read, so an answer under way may be old: asks, again if need be. */
  onMarkedRead(notifications: readonly number[]): void
  /** The network is another one: what failed for its sake is tried after so many milliseconds. */
  networkChanged(delay: number): void
  /** The pace is another one; where that is quicker, the forum is asked after so many milliseconds. */
  paceChanged(delay: number): void
  /** No more questions. */
  stop(): void
}

/** What an account's sync is made with. */
export interface AccountSyncOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly random: Random
  /** The pace at the moment; undefined while the machine sleeps. */
  readonly pace: () => Pace | undefined
  /** New numbers have arrived; `before` is the account as it stood. */
  readonly onCounts: (before: Account) => void
  readonly rowEvents: RowEvents
  /** The forum has stopped accepting the account's key; told once. */
  readonly onRefused: (id: string) => void
}

const minute = 60_000
const day = 24 * 60 * minute
/** A forum that lacked something is asked for it again after this: it may have been updated. */
const totalsLookedForAgain = 7 * day
/** How old the list may become where there is no live channel. */
const listLifetime = 10 * minute
/** How old the forum's word on quiet may be when there is news, where there is no live channel. */
const quietLifetime = 15 * minute
/** How often the session is read, which is large. */
const sessionLifetime = day
/** Messages that come in a row lead to one question in this time, the first of them at once. */
const burst = 5000

/** What a question to a forum ends in. */
interface Outcome {
  readonly result: Result<null>
  readonly change?: Partial<Account>
  /** What is remembered from now on; the rest of the memory may have changed meanwhile. */
  readonly cache?: Partial<AccountCache>
  /** The list of notifications, when it was asked for; null when it did not come. */
  readonly list?: NotificationList | null | undefined
  /** Milliseconds to the next question; without it, only the user brings the account back. */
  readonly next?: number
}

const unchanged: Outcome = { result: ok(null) }

const signInNeeded = (failure: Failure): Outcome => ({
  result: { ok: false, failure },
  change: { refused: failure.code === 'access_refused', state: { kind: 'needsSignIn', failure } },
})

export const createAccountSync = (options: AccountSyncOptions): AccountSync => {
  const { id, model, vault, gate, budget, clock, random, pace, onCounts, rowEvents, onRefused } = options
  const news = createAccountNews({ id, model, rowEvents })
  let failures = 0
  let asking: Promise<Result<null>> | undefined
  let cancelPlan: () => void = () => undefined
  let session: Session | undefined
  let sessionReadAt = Number.NEGATIVE_INFINITY
  /** When the forum's word is to be followed by a question, last and next. */
  let followedAt = Number.NEGATIVE_INFINITY
  let wantedAt: number | undefined
  let isStopped = false

  const plan = (delay: number): void => {
    cancelPlan()
    if (isStopped) return
    if (delay <= 0) void refresh('question')
    else cancelPlan = clock.after(delay, () => void refresh('question'))
  }

  /** Not exactly as often as is due, so that many accounts do not fall into step. */
  const roughly = (milliseconds: number): number => milliseconds * (0.9 + 0.2 * random.fraction())

  const defaultPause = (): number => {
    const present = pace()
    if (present === undefined) return day
    return roughly(live.isOpen() ? present.proof : present.question)
  }

  const ask = async (purpose: Purpose): Promise<Outcome> => {
    const account = model.account(id)
    if (account === undefined) return { result: fail('account_unknown', { account: id }) }
    if (account.revoking) return unchanged
    const secrets = vault.secrets()
    if (secrets === undefined) return { result: fail('keychain_locked'), change: { state: { kind: 'locked' } } }
    const key = secrets.keys[id]
    const { base, host } = account.site
    if (key === undefined) return signInNeeded({ code: 'key_missing', params: { host } })
    if (account.refused) return signInNeeded({ code: 'access_refused', params: { host } })
    const now = clock.now()
    if (wantedAt !== undefined && wantedAt <= now) wantedAt = undefined
    const { totalsMissingSince } = account.cache
    const wantsSession = now - sessionReadAt > sessionLifetime
    // A key that may not read it is not asked for it each time.
    if (wantsSession) sessionReadAt = now
    const keyed = gate.keyed(budget, purpose, failures > 0)
    const answer = await readCounts({
      keyed,
      open: gate.open(purpose),
      base,
      key,
      hasTotals: totalsMissingSince === null || now - totalsMissingSince > totalsLookedForAgain,
      wantsSession,
      // Kept whatever follows: where only one request fits at a time, two in a row would never be had.
      onSession: sessionRead,
    })
    const list = answer.ok ? await readList(keyed, account, key, answer.value) : undefined
    if (model.account(id)?.revoking === true) return unchanged
    // Signed in anew while the forum was answering: this answer is about a key that is gone.
    if (vault.secrets()?.keys[id] !== key) return await ask(purpose)
    return answer.ok ? { ...arrived(account, answer.value), list } : failed(account, answer.failure)
  }

  /** The list, where it is needed for more than the counts; null when the forum did not give it. */
  const readList = async (keyed: Http, account: Account, key: string, reading: CountsReading) => {
    const { site, username, cache } = account
    const isNeeded = news.needsList(reading.counts)
    // Without the live channel something may come and something be read between two questions, and the counts be the same.
    const isOld = !live.isOpen() && clock.now() - (cache.listedAt ?? 0) > listLifetime
    if (!isNeeded && !isOld) return undefined
    const client = createForumClient(keyed, site.base, key)
    news.onListRequested()
    const list = await client.notifications(reading.session?.username ?? username, mostItems)
    // What the user has asked the forum for, quiet above all, comes by no channel either.
    if (isNeeded && !live.isOpen() && clock.now() - sessionReadAt > quietLifetime && reading.session === null) {
      const read = await client.session()
      if (read.ok) sessionRead(read.value)
    }
    return list.ok ? list.value : null
  }

  const sessionRead = (read: Session): void => {
    session = read
    sessionReadAt = clock.now()
    const { doNotDisturbUntil } = read
    model.changeAccount(id, (now) => ({ ...now, cache: { ...now.cache, doNotDisturbUntil } }))
  }

  const arrived = (account: Account, reading: CountsReading): Outcome => {
    const now = clock.now()
    failures = 0
    const { totalsMissingSince, counts } = account.cache
    const cache = {
      // The same object while nothing has changed, so that nothing is written or shown anew for it.
      counts: isDeepStrictEqual(reading.counts, counts) ? counts : reading.counts,
      checkedAt: now,
      lastUsedAt: now,
      totalsMissingSince: reading.hasTotals ? null : (totalsMissingSince ?? now),
    }
    const change: Partial<Account> = { state: { kind: 'fresh' } }
    if (reading.session === null) return { result: ok(null), change, cache, next: defaultPause() }
    const { userId, username } = reading.session
    return { result: ok(null), change: { ...change, userId, username }, cache, next: defaultPause() }
  }

  const failed = ({ state }: Account, failure: Failure): Outcome => {
    // Whether it was the session that failed is not known; it is asked for again.
    if (session === undefined) sessionReadAt = Number.NEGATIVE_INFINITY
    if (failure.code === 'access_refused') return signInNeeded(failure)
    const result = { ok: false, failure } as const
    const wait = failure.params?.['seconds']
    if (failure.code === 'paced' && typeof wait === 'number') {
      const next = wait * 1000
      // The forum's time is over; that the account still waits is our own doing, and no longer the forum's.
      const isOver = state.kind === 'limited' && state.until <= clock.now()
      return isOver ? { result, next, change: { state: troubled(state, failure, clock.now()) } } : { result, next }
    }
    if (failure.code === 'rate_limited' && typeof wait === 'number') {
      const until = clock.now() + wait * 1000
      // A second later than told: both clocks are rounded.
      return { result, change: { state: { kind: 'limited', until } }, next: wait * 1000 + 1000 }
    }
    failures += 1
    const next = backOff(failures, pace()?.question ?? minute, random.fraction())
    return { result, change: { state: troubled(state, failure, clock.now()) }, next }
  }

  /** Applies an outcome in one go: who sees the new state sees what follows from it planned as well. */
  const settle = ({ result, change, cache, list, next }: Outcome): Result<null> => {
    const before = model.account(id)
    asking = undefined
    if (isStopped) return result
    if (result.ok && change !== undefined) live.open(session)
    else if (change !== undefined) live.close()
    if (!result.ok) wantedAt = undefined
    // What the forum told while it was being asked may not be in its answer.
    if (next !== undefined) plan(Math.min(next, (wantedAt ?? Number.POSITIVE_INFINITY) - clock.now()))
    if (before === undefined || change === undefined) return result
    const listedAt = list ? { listedAt: clock.now() } : {}
    model.changeAccount(id, (account) => ({
      ...account,
      ...change,
      cache: { ...account.cache, ...cache, ...listedAt },
      isLive: live.isOpen(),
    }))
    if (list !== undefined) news.onList(list)
    // A refusal is remembered, so that a dead key is not tried again at each start.
    if (change.refused === true && !before.refused) {
      model.save()
      onRefused(id)
    }
    if (result.ok) onCounts(before)
    return result
  }

  const refresh = (purpose: Purpose): Promise<Result<null>> => {
    cancelPlan()
    asking ??= ask(purpose)
      // Whatever one question runs into, the next one is asked.
      .catch((): Outcome => ({ result: fail('internal'), next: defaultPause() }))
      .then(settle)
    return asking
  }

  /** The forum has told that something happened, or is in doubt: ask, at once the first time and then not too often. */
  const askAbout = (): void => {
    if (wantedAt !== undefined) return
    const now = clock.now()
    // Not later than a burst from now, whatever the clock was set to meanwhile.
    wantedAt = Math.min(now + burst, Math.max(now, followedAt + burst))
    followedAt = wantedAt
    if (asking === undefined) plan(wantedAt - now)
  }

  const live = createAccountLive({
    ...{ id, model, vault, gate, budget, clock, random, pace },
    onMessages: (messages) => {
      news.onBusMessages(messages)
      askAbout()
    },
    onDoubt: askAbout,
  })

  const closeLive = (): void => {
    if (!live.isOpen()) return
    live.close()
    model.changeAccount(id, (account) => ({ ...account, isLive: false }))
  }

  return {
    begin: (given) => {
      if (given !== null) sessionRead(given)
      void refresh('user')
    },
    askAfter: plan,
    refresh: (purpose) => {
      if (purpose === 'user') news.wantList()
      return refresh(purpose)
    },
    onMarkedRead: (notifications) => {
      news.onMarkedRead(notifications)
      if (asking === undefined) void refresh('user')
      else wantedAt = clock.now()
    },
    networkChanged: (delay) => {
      // The live channel may be of use through another network, and what is held through the old one is dead.
      const wasLive = live.isOpen()
      closeLive()
      live.forgetTroubles()
      if (wasLive || failures > 0) plan(delay)
    },
    paceChanged: (delay) => {
      const present = pace()
      if (present?.isLive !== true) closeLive()
      if (present === undefined) cancelPlan()
      // What failed keeps its own time, and what nobody may ask is not asked.
      if (present === undefined || failures > 0 || model.account(id)?.state.kind !== 'fresh') return
      plan(present.isLive ? delay : roughly(present.question))
    },
    stop: () => {
      isStopped = true
      cancelPlan()
      live.close()
    },
  }
}
