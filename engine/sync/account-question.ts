import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'
import type { AccountLive } from './account-live.ts'
import type { AccountNews } from './account-news.ts'
import type { Budget, Purpose } from './budget.ts'
import type { Gate } from './gate.ts'
import { mostItems } from './merge-items.ts'
import { type CountsReading, readCounts } from './read-counts.ts'

/** The outcome of asking a forum for an account's counts. */
export type Answer =
  | {
      readonly kind: 'counted'
      readonly reading: CountsReading
      /** The list, if it was requested; null if that failed. */
      readonly list: NotificationList | null | undefined
    }
  /** The forum or the network has a problem, or a rate limit applies. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Two endpoints refuse the key, but the forum responds to visitors. */
  | { readonly kind: 'keyRefused'; readonly failure: Failure }
  /** The key is not on this computer, or (`locked`) the keychain is not available at the moment. */
  | { readonly kind: 'keyMissing'; readonly failure: Failure }
  | { readonly kind: 'locked' }
  /** There was nothing to do. */
  | { readonly kind: 'idle'; readonly result: Result<null> }

/** Asks a forum for one account's counts and, if needed, its list. */
export interface AccountQuestion {
  ask(purpose: Purpose): Promise<Answer>
  /** The session has already been read elsewhere. */
  onSession(session: Session): void
}

export interface AccountQuestionOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly live: AccountLive
  readonly news: AccountNews
  /** Whether the last request failed: the counts are then read before the channel is opened. */
  readonly isTroubled: () => boolean
}

const minute = 60_000
const day = 24 * 60 * minute
/** After how long a forum without totals is tried again: it may have been updated. */
const totalsLookedForAgain = 7 * day
/** A forum that sent totals, and only refuses them for longer than this, has none: it was moved, or a proxy blocks them. */
const totalsMissedAfter = 60 * minute
/** The maximum age of the list while there is no live channel, or nothing that would show new rows. */
const listLifetime = 10 * minute
/** The same beside a live channel: forums forget bus messages after a while (protocol.md 5.6). */
const listLifetimeBesideChannel = day
/** The maximum age of the do-not-disturb state when there is news and no live channel. */
const quietLifetime = 20 * minute
/** A day's budget counts as spent when it allows no more requests per hour than this. */
const spentDay = 20
/** How often the session is read; rarely, because it is large. */
const sessionLifetime = day

export const createAccountQuestion = (options: AccountQuestionOptions): AccountQuestion => {
  const { id, model, vault, gate, budget, clock, live, news, isTroubled } = options
  let hasSession = false
  let sessionReadAt = Number.NEGATIVE_INFINITY
  /** Since when totals are refused while the key works, on the monotonic clock. */
  let totalsRefusedSince = Number.POSITIVE_INFINITY

  const onSession = ({ userId, username, doNotDisturbUntil }: Session): void => {
    hasSession = true
    sessionReadAt = clock.elapsed()
    model.changeAccount(id, (now) => ({ ...now, userId, username, cache: { ...now.cache, doNotDisturbUntil } }))
  }

  /** On a spent day the session has to wait: there may be no budget for two requests, and the counts matter more. */
  const isSessionDue = (): boolean => {
    if (sessionReadAt === Number.NEGATIVE_INFINITY) return true
    return clock.elapsed() - sessionReadAt > sessionLifetime && budget.today().sustainable > spentDay
  }

  const ask = async (purpose: Purpose): Promise<Answer> => {
    const account = model.account(id)
    if (account === undefined) return { kind: 'idle', result: fail('account_unknown', { account: id }) }
    if (account.revoking) return { kind: 'idle', result: ok(null) }
    const secrets = vault.secrets()
    if (secrets === undefined) return { kind: 'locked' }
    const key = secrets.keys[id]
    if (key === undefined)
      return { kind: 'keyMissing', failure: { code: 'key_missing', params: { host: account.site.host } } }
    const keyed = gate.keyed(budget, purpose, isTroubled())
    const answer = await count(account, keyed, key, purpose)
    if (answer.ok) totalsRefusedSince = Number.POSITIVE_INFINITY
    else if (areTotalsRefused(answer.failure)) totalsRefusedSince = Math.min(totalsRefusedSince, clock.elapsed())
    const list = answer.ok ? await readList(account, keyed, key, answer.value) : undefined
    if (model.account(id)?.revoking === true) return { kind: 'idle', result: ok(null) }
    // The user signed in again meanwhile, so this response is about a key that is gone.
    if (vault.secrets()?.keys[id] !== key) return await ask(purpose)
    if (answer.ok) return { kind: 'counted', reading: answer.value, list }
    // The session may be what failed, so it is read again next time.
    if (!hasSession) sessionReadAt = Number.NEGATIVE_INFINITY
    return { kind: answer.failure.code === 'access_refused' ? 'keyRefused' : 'failed', failure: answer.failure }
  }

  /**
   * Subscribes, then reads: what happens in between may be seen twice, in the counts and on the channel, but never
   * missed.
   */
  const count = async (
    account: Account,
    keyed: Http,
    key: string,
    purpose: Purpose,
  ): Promise<Result<CountsReading>> => {
    const { base } = account.site
    const hadTotals = account.cache.counts !== null && clock.elapsed() - totalsRefusedSince < totalsMissedAfter
    const read = (wantsSession: boolean) => {
      const { totalsMissingSince } = account.cache
      // Set before the request, so that a key that may not read the session does not retry every time.
      if (wantsSession) sessionReadAt = clock.elapsed()
      return readCounts({
        ...{ keyed, open: gate.open(purpose), base, key, wantsSession, onSession },
        hasTotals: totalsMissingSince === null || Math.abs(clock.now() - totalsMissingSince) > totalsLookedForAgain,
        hadTotals: totalsMissingSince === null && hadTotals,
      })
    }
    // Only the session has the user id in the channels' names. A forum in trouble is not burdened with a poll as well.
    const isUnready = isTroubled() || account.refused || account.userId === null
    if (!isUnready) await live.open()
    const first = await read(isSessionDue())
    if (!first.ok || !isUnready) return first
    await live.open()
    return live.isOpen() ? await read(false) : first
  }

  /** The list, if it is needed or too old; null if the request failed. */
  const readList = async (account: Account, keyed: Http, key: string, reading: CountsReading) => {
    const { site, cache } = account
    const isNeeded = news.needsList(reading.counts)
    // Without the live channel, one row may arrive and another be read between two requests, leaving the counts
    // unchanged.
    const lifetime = live.isOpen() && !news.isBlind() ? listLifetimeBesideChannel : listLifetime
    const isOld = Math.abs(clock.now() - (cache.listedAt ?? 0)) > lifetime
    if (!isNeeded && !isOld) return undefined
    const client = createForumClient(keyed, site.base, key)
    news.onListRequested()
    const list = await client.notifications(model.account(id)?.username ?? account.username, mostItems)
    // Without the live channel, do-not-disturb is not reported either. On a spent day it has to wait.
    const isQuietOld = clock.elapsed() - sessionReadAt > quietLifetime && budget.today().sustainable > spentDay
    if (isNeeded && !live.isOpen() && isQuietOld && reading.session === null) {
      const session = await client.session()
      if (session.ok) onSession(session.value)
    }
    return list.ok ? list.value : null
  }

  return { ask, onSession }
}

/** Whether the forum answered, but has no totals for a key that it accepts elsewhere (`readCounts`). */
const areTotalsRefused = ({ code, params }: Failure): boolean =>
  (code === 'site_unavailable' && params?.['status'] === 403) ||
  (code === 'unexpected_answer' && params?.['status'] === 404)
