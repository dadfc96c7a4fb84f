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

/** What one question to a forum ends in. */
export type Answer =
  | {
      readonly kind: 'counted'
      readonly reading: CountsReading
      /** The list, when it was asked for; null when it did not come. */
      readonly list: NotificationList | null | undefined
    }
  /** The forum or the network is in trouble, or one of us has to wait. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Two endpoints refuse the key, while the forum answers visitors. */
  | { readonly kind: 'keyRefused'; readonly failure: Failure }
  /** The key is not on this computer, or the keychain does not give it at the moment. */
  | { readonly kind: 'keyMissing'; readonly failure: Failure }
  | { readonly kind: 'locked' }
  /** There was nothing to ask. */
  | { readonly kind: 'idle'; readonly result: Result<null> }

/** Asks one account's forum. */
export interface AccountQuestion {
  ask(purpose: Purpose): Promise<Answer>
  /** The session has been read elsewhere. */
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
  /** Whether the last question failed: the forum is then asked first, and the channel opened after. */
  readonly isTroubled: () => boolean
}

const minute = 60_000
const day = 24 * 60 * minute
/** A forum that lacked something is asked for it again after this: it may have been updated. */
const totalsLookedForAgain = 7 * day
/** How old the list may become where there is no live channel. */
const listLifetime = 10 * minute
/** How old the forum's word on quiet may be when there is news, where there is no live channel. */
const quietLifetime = 20 * minute
/** So few requests in an hour are all that is left of a day. */
const spentDay = 20
/** How often the session is read, which is large. */
const sessionLifetime = day

export const createAccountQuestion = (options: AccountQuestionOptions): AccountQuestion => {
  const { id, model, vault, gate, budget, clock, live, news, isTroubled } = options
  let hasSession = false
  let sessionReadAt = Number.NEGATIVE_INFINITY

  const onSession = ({ userId, username, doNotDisturbUntil }: Session): void => {
    hasSession = true
    sessionReadAt = clock.elapsed()
    model.changeAccount(id, (now) => ({ ...now, userId, username, cache: { ...now.cache, doNotDisturbUntil } }))
  }

  /** On a spent day the session has to wait: two requests in a row may not be had then, and the counts matter more. */
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
    const list = answer.ok ? await readList(account, keyed, key, answer.value) : undefined
    if (model.account(id)?.revoking === true) return { kind: 'idle', result: ok(null) }
    // Signed in anew while the forum was answering: this answer is about a key that is gone.
    if (vault.secrets()?.keys[id] !== key) return await ask(purpose)
    if (answer.ok) return { kind: 'counted', reading: answer.value, list }
    // Whether it was the session that failed is not known; it is asked for again.
    if (!hasSession) sessionReadAt = Number.NEGATIVE_INFINITY
    return { kind: answer.failure.code === 'access_refused' ? 'keyRefused' : 'failed', failure: answer.failure }
  }

  /** Subscribes, then reads: what happens in between is both in the counts and told by the channel, and never in neither. */
  const count = async (
    account: Account,
    keyed: Http,
    key: string,
    purpose: Purpose,
  ): Promise<Result<CountsReading>> => {
    const { base } = account.site
    const read = (wantsSession: boolean) => {
      const { totalsMissingSince } = account.cache
      // A key that may not read the session is not asked for it each time.
      if (wantsSession) sessionReadAt = clock.elapsed()
      return readCounts({
        ...{ keyed, open: gate.open(purpose), base, key, wantsSession, onSession },
        hasTotals: totalsMissingSince === null || Math.abs(clock.now() - totalsMissingSince) > totalsLookedForAgain,
        hadTotals: totalsMissingSince === null && account.cache.counts !== null,
      })
    }
    // Only a session says whose channels they are. A forum in trouble is not asked for more than it may be able to give.
    const isUnready = isTroubled() || account.refused || account.userId === null
    if (!isUnready) await live.open()
    const first = await read(isSessionDue())
    if (!first.ok || !isUnready) return first
    await live.open()
    return live.isOpen() ? await read(false) : first
  }

  /** The list, where it is needed for more than the counts; null when the forum did not give it. */
  const readList = async (account: Account, keyed: Http, key: string, reading: CountsReading) => {
    const { site, cache } = account
    const isNeeded = news.needsList(reading.counts)
    // Without the live channel something may come and something be read between two questions, and the counts be the same.
    const isOld = !live.isOpen() && Math.abs(clock.now() - (cache.listedAt ?? 0)) > listLifetime
    if (!isNeeded && !isOld) return undefined
    const client = createForumClient(keyed, site.base, key)
    news.onListRequested()
    const list = await client.notifications(model.account(id)?.username ?? account.username, mostItems)
    // What the user has asked the forum for, quiet above all, comes by no channel either. On a spent day it has to wait.
    const isQuietOld = clock.elapsed() - sessionReadAt > quietLifetime && budget.today().sustainable > spentDay
    if (isNeeded && !live.isOpen() && isQuietOld && reading.session === null) {
      const session = await client.session()
      if (session.ok) onSession(session.value)
    }
    return list.ok ? list.value : null
  }

  return { ask, onSession }
}
