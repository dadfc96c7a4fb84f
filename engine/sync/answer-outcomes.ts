import { isDeepStrictEqual } from 'node:util'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountState } from '../../common/contract/snapshot.ts'
import type { Account } from '../account.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { AccountCache } from '../storage/account-cache.ts'
import type { Answer } from './account-question.ts'
import { backOff } from './back-off.ts'

/**
 * What is thought of a key. A forum in trouble, and proxies before it, refuse good keys as well (protocol.md 4.2), so a
 * key is given up only when two of its endpoints refuse it twice, a minute apart, while the forum answers visitors.
 */
export type KeyTrust =
  | { readonly kind: 'trusted' }
  /** Refused, and to be asked again; `since` by the clock that nobody sets. */
  | { readonly kind: 'doubted'; readonly since: number }
  | { readonly kind: 'refused' }

/** How long a key is doubted before it may be given up. In milliseconds. */
const doubtPeriod = 60_000

/** The same after one more refusal. @param elapsed of the clock that nobody sets, in milliseconds */
const afterRefusal = (trust: KeyTrust, elapsed: number): KeyTrust => {
  if (trust.kind === 'trusted') return { kind: 'doubted', since: elapsed }
  if (trust.kind === 'doubted' && elapsed - trust.since >= doubtPeriod) return { kind: 'refused' }
  return trust
}

/** What follows from an answer for its account. */
export interface Outcome {
  readonly result: Result<null>
  /** Unchanged without it. */
  readonly state?: AccountState
  readonly refused?: boolean
  readonly username?: string
  /** What is remembered from now on; the rest of the memory may have changed meanwhile. */
  readonly cache?: Partial<AccountCache>
  /** The list, when it was asked for; null when it did not come. */
  readonly list?: NotificationList | null | undefined
  /** Milliseconds to the next question; without it, only the user brings the account back. */
  readonly next?: number
}

/** Says what follows from the answers about one account; knows how many failed in a row, and what is thought of its key. */
export interface AnswerOutcomes {
  of(account: Account | undefined, answer: Answer): Outcome
  /** Whether the last answer was a failure, of whatever kind. */
  hasFailed(): boolean
  /** Whether the forum has to be asked with care: it has failed, or seems to refuse the key. */
  isTroubled(): boolean
}

export interface AnswerOutcomesOptions {
  readonly id: string
  readonly clock: Clock
  readonly random: Random
  /** Milliseconds to the next question after a good answer. */
  readonly defaultPause: () => number
  /** The same as it would be without a live channel, and without chance. */
  readonly interval: () => number
}

const minute = 60_000
const day = 24 * 60 * minute
/** When a key that the forum had refused is tried again, and nobody knows whether it is refused still. */
const refusedRetry = 60 * minute

export const createAnswerOutcomes = (options: AnswerOutcomesOptions): AnswerOutcomes => {
  const { id, clock, random, defaultPause, interval } = options
  let failures = 0
  let trust: KeyTrust = { kind: 'trusted' }

  const counted = ({ cache, username }: Account, { reading, list }: Answer & { kind: 'counted' }): Outcome => {
    const now = clock.now()
    failures = 0
    trust = { kind: 'trusted' }
    const { counts, totalsMissingSince } = cache
    return {
      result: ok(null),
      state: { kind: 'fresh' },
      refused: false,
      // Renamed on the forum, it is the same account with other links.
      username: reading.username ?? username,
      cache: {
        // The same object while nothing has changed, so that nothing is written or shown anew for it.
        counts: isDeepStrictEqual(reading.counts, counts) ? counts : reading.counts,
        checkedAt: now,
        lastUsedAt: now,
        totalsMissingSince: reading.hasTotals ? null : (totalsMissingSince ?? now),
        refusedKeyTriedAt: null,
      },
      list,
      next: defaultPause(),
    }
  }

  const failed = ({ state, refused }: Account, failure: Failure): Outcome => {
    const result = { ok: false, failure } as const
    const now = clock.now()
    const wait = failure.params?.['seconds']
    if (failure.code === 'paced' && typeof wait === 'number') {
      const next = wait * 1000
      // The forum's time is over; that the account still waits is our own doing, and no longer the forum's.
      const isOver = state.kind === 'limited' && state.until <= now
      return isOver ? { result, next, state: troubled(state, failure, now, next) } : { result, next }
    }
    if (refused) return { result, next: refusedRetry }
    if (failure.code === 'rate_limited' && typeof wait === 'number') {
      // A second later than asked: both clocks are rounded.
      return { result, state: { kind: 'limited', until: now + wait * 1000 }, next: wait * 1000 + 1000 }
    }
    failures += 1
    const next = backOff(failures, interval(), random.fraction())
    return { result, state: troubled(state, failure, now, next), next }
  }

  const keyRefused = ({ refused, site, state }: Account, failure: Failure): Outcome => {
    const now = clock.now()
    trust = refused ? { kind: 'refused' } : afterRefusal(trust, clock.elapsed())
    if (trust.kind === 'refused') {
      const cache = { refusedKeyTriedAt: now }
      const result = { ok: false, failure } as const
      return { result, state: { kind: 'needsSignIn', failure }, refused: true, cache, next: day }
    }
    const doubt: Failure = { code: 'access_doubted', params: { host: site.host } }
    const next = doubtPeriod * (1 + 0.2 * random.fraction())
    return { result: { ok: false, failure: doubt }, state: troubled(state, doubt, now, next), next }
  }

  return {
    of: (account, answer) => {
      if (answer.kind === 'idle') return { result: answer.result }
      if (answer.kind === 'locked') return { result: fail('keychain_locked'), state: { kind: 'locked' } }
      if (account === undefined) return { result: fail('account_unknown', { account: id }) }
      switch (answer.kind) {
        case 'counted':
          return counted(account, answer)
        case 'failed':
          return failed(account, answer.failure)
        case 'keyRefused':
          return keyRefused(account, answer.failure)
        case 'keyMissing': {
          const { failure } = answer
          return { result: { ok: false, failure }, state: { kind: 'needsSignIn', failure } }
        }
      }
    },
    hasFailed: () => failures > 0,
    isTroubled: () => failures > 0 || trust.kind !== 'trusted',
  }
}

/** The failures that speak of this computer's network rather than of the forum. */
const networkCodes: ReadonlySet<Failure['code']> = new Set(['dns_failed', 'offline', 'proxy_failed', 'network_login'])

/** The state of an account whose forum could not be asked: whose trouble it is, since when, and when it is asked again. */
const troubled = (state: AccountState, failure: Failure, now: number, next: number): AccountState => {
  const kind = networkCodes.has(failure.code)
    ? 'offline'
    : failure.code === 'site_maintenance'
      ? 'maintenance'
      : 'stale'
  const since = 'since' in state ? state.since : now
  return { kind, since, failure, retryAt: now + next }
}
