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
 * Whether a key is believed to be valid. A forum in trouble, or a proxy in front of it, may refuse good keys too
 * (protocol.md 4.2), so a key is given up only when two endpoints refuse it twice, a minute apart, while the forum
 * responds to visitors and does not fail in between.
 */
export type KeyTrust =
  | { readonly kind: 'trusted' }
  /** Refused once, and to be tried again; `since` is on the monotonic clock. */
  | { readonly kind: 'doubted'; readonly since: number }
  | { readonly kind: 'refused' }

/** How long a key is doubted before it may be given up, in milliseconds. */
const doubtPeriod = 60_000

/** The trust after one more refusal. @param elapsed milliseconds on the monotonic clock */
const afterRefusal = (trust: KeyTrust, elapsed: number): KeyTrust => {
  if (trust.kind === 'trusted') return { kind: 'doubted', since: elapsed }
  if (trust.kind === 'doubted' && elapsed - trust.since >= doubtPeriod) return { kind: 'refused' }
  return trust
}

/** What an answer means for its account. */
export interface Outcome {
  readonly result: Result<null>
  /** Absent: unchanged, as for the next two. */
  readonly state?: AccountState
  readonly refused?: boolean
  readonly username?: string
  /** Only the cache fields that change; the others may have changed meanwhile. */
  readonly cache?: Partial<AccountCache>
  /** The list, if it was requested; null if that failed. */
  readonly list?: NotificationList | null | undefined
  /** Milliseconds until the next request; absent if only the user can bring the account back. */
  readonly next?: number
}

/** Decides what each answer means for one account; tracks consecutive failures and the trust in its key. */
export interface AnswerOutcomes {
  of(account: Account | undefined, answer: Answer): Outcome
  /** Whether the last answer was a failure of any kind. */
  hasFailed(): boolean
  /** Whether the forum needs careful requests: it has failed, or seems to refuse the key. */
  isTroubled(): boolean
}

export interface AnswerOutcomesOptions {
  readonly id: string
  readonly clock: Clock
  readonly random: Random
  /** Milliseconds until the next request after a success. */
  readonly defaultPause: () => number
  /** The same without a live channel and without jitter. */
  readonly interval: () => number
}

const minute = 60_000
const day = 24 * 60 * minute
/** When a refused key is tried again after an attempt that failed for another reason. */
const refusedRetry = 60 * minute

export const createAnswerOutcomes = (options: AnswerOutcomesOptions): AnswerOutcomes => {
  const { id, clock, random, defaultPause, interval } = options
  /** The time of the first of the failures in a row, on the monotonic clock. */
  let failingSince: number | undefined
  let trust: KeyTrust = { kind: 'trusted' }

  const counted = ({ cache, username }: Account, { reading, list }: Answer & { kind: 'counted' }): Outcome => {
    const now = clock.now()
    failingSince = undefined
    trust = { kind: 'trusted' }
    const { counts, totalsMissingSince } = cache
    return {
      result: ok(null),
      state: { kind: 'fresh' },
      refused: false,
      // A user renamed on the forum is the same account with different links.
      username: reading.username ?? username,
      cache: {
        // Structural sharing: the same object if nothing has changed, so that nothing is written or rendered again.
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
      // The wait that the forum asked for is over; the account now waits only for our own budget.
      const isOver = state.kind === 'limited' && state.until <= now
      return isOver ? { result, next, state: troubled(state, failure, now, next) } : { result, next }
    }
    if (refused) return { result, next: refusedRetry }
    if (failure.code === 'rate_limited' && typeof wait === 'number') {
      // A second later than asked: both clocks are rounded.
      return { result, state: { kind: 'limited', until: now + wait * 1000 }, next: wait * 1000 + 1000 }
    }
    failingSince ??= clock.elapsed()
    // It is in trouble, which may have been the reason to refuse the key. This computer's network says nothing about it.
    if (trust.kind === 'doubted' && forumTroubles.has(failure.code)) trust = { kind: 'trusted' }
    const next = backOff(clock.elapsed() - failingSince, interval(), random.fraction())
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
    hasFailed: () => failingSince !== undefined,
    isTroubled: () => failingSince !== undefined || trust.kind !== 'trusted',
  }
}

/** The failures that are about this computer's network rather than the forum. */
const networkCodes: ReadonlySet<Failure['code']> = new Set(['dns_failed', 'offline', 'proxy_failed', 'network_login'])

/** The failures of a forum that is in trouble, or of a proxy before it. */
const forumTroubles: ReadonlySet<Failure['code']> = new Set([
  'site_maintenance',
  'site_unavailable',
  'unexpected_answer',
])

/** The state after a failed request: what kind of problem it is, since when, and when the forum is asked again. */
const troubled = (state: AccountState, failure: Failure, now: number, next: number): AccountState => {
  const kind = networkCodes.has(failure.code)
    ? 'offline'
    : failure.code === 'site_maintenance'
      ? 'maintenance'
      : 'stale'
  const since = 'since' in state ? state.since : now
  return { kind, since, failure, retryAt: now + next }
}
