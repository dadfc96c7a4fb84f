import { isDeepStrictEqual } from 'node:util'
import type { ChannelState } from '../../common/contract/diagnosis.ts'
import { fail, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import type { Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { StateFiles } from '../storage/state-files.ts'
import type { Vault } from '../storage/vault.ts'
import { coalesceTimers } from '../timing/coalesce-timers.ts'
import type { RowEvents } from './account-news.ts'
import { type AccountSync, createAccountSync } from './account-sync.ts'
import { createBudgets } from './budgets.ts'
import { createGate } from './gate.ts'
import { attended, longestStay, type Presence, paceOf } from './presence.ts'

/** Keeps every account up to date on its own schedule, within the forums' rate limits. */
export interface Sync {
  /** Starts with all accounts in the model, staggered so that they do not all ask at once. */
  start(): void
  /** Asks for one account's counts now, at the user's request. */
  refresh(id: string): Promise<Result<null>>
  /** Asks for one account's counts now, like a scheduled request. */
  look(id: string): Promise<Result<null>>
  /** The forum has confirmed that these notifications of an account are read. */
  onMarkedRead(id: string, notifications: readonly number[]): void
  /** The default interval between two requests has changed. */
  intervalChanged(): void
  /** The account has a new key: the limits and failures of the old one no longer apply. */
  renew(id: string, session: Session | null): void
  /** `http` for the user's requests with this account's key, so that they count against its budget. */
  keyedHttp(id: string): Http
  /** How much of its budget this account has used today, and until when its forum asks us to wait; for display. */
  usageOf(id: string): Usage
  /** `http` for requests without a key that the user is waiting for. */
  readonly openHttp: Http
  /** The same for scheduled requests, which respect the wait that a forum asks for while it is down. */
  readonly openHttpByClock: Http
  /** `http` for pictures, which nothing else waits for. @param id of the account whose key is sent, if any */
  pictureHttp(id?: string): Http
  /** Stops asking about this account, and closes its live channel. */
  silence(id: string): void
  /** The account has been removed. */
  drop(id: string): void
  /** What the shell has learnt about the user and the machine. */
  setPresence(presence: Partial<Presence>): void
  /** The network has changed, or is back. */
  networkChanged(): void
  /** Cancels pending requests without recording failures, and saves what the next start needs. */
  stop(): void
}

/** How much of its rate limit an account's key has used. */
export interface Usage {
  readonly requestsToday: number
  readonly requestsADay: number
  /** Milliseconds since 1970; null while the forum does not ask us to wait. */
  readonly blockedUntil: number | null
  /** The state of its live channel; null while it is closed. */
  readonly channel: ChannelState | null
}

export interface SyncOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly files: StateFiles
  /** Milliseconds between two requests for an account's counts while the user is here and there is no live channel. */
  readonly interval: () => number
  readonly onCounts: (before: Account) => void
  readonly rowEvents: RowEvents
  readonly onRefused: (id: string) => void
}

/** The stagger between accounts, in milliseconds: at start, after sleep, when the user or the network comes back. */
const stagger = 250
/** Polls of all accounts are aligned to slots of this many milliseconds, so that they wake the machine together. */
const timerSlot = 1000
/** A heartbeat, and how much later than due it must fire to show that the machine slept, in milliseconds. */
const heartbeat = 30_000
const overslept = 60_000

/** One closure over a hundred lines: small functions that share one map of all accounts. */
export const createSync = (options: SyncOptions): Sync => {
  const { model, vault, http, clock, random, files, interval } = options
  const { onCounts, rowEvents, onRefused } = options
  const budgets = createBudgets(clock, files)
  const gate = createGate(http, clock)
  const coalesced = coalesceTimers(clock, timerSlot)
  const syncs = new Map<string, AccountSync>()
  let presence: Presence = attended
  /** When the user was last known to be away, or the shell began to report; undefined until it reports anything. */
  let awayAt: number | undefined

  const isAlwaysHere = (): boolean => awayAt === undefined || clock.elapsed() - awayAt > longestStay

  const syncOf = (id: string): AccountSync => {
    const existing = syncs.get(id)
    if (existing !== undefined) return existing
    const budget = budgets.of(id)
    const made = createAccountSync({
      ...{ id, model, vault, gate, budget, clock, coalesced, random, onCounts, rowEvents, onRefused },
      paceOf: (channel) =>
        presence.machine === 'asleep'
          ? undefined
          : paceOf(presence, {
              ...{ ...channel, isAlwaysHere: isAlwaysHere() },
              interval: interval(),
              spending: budget.today(),
            }),
    })
    syncs.set(id, made)
    return made
  }

  const askAll = (): void => {
    for (const [index, { id }] of model.accounts().entries()) syncOf(id).askAfter(index * stagger)
  }

  const paceChanged = (): void => {
    for (const [index, { id }] of model.accounts().entries()) syncOf(id).paceChanged(index * stagger)
  }

  const networkChanged = (): void => {
    for (const [index, { id }] of model.accounts().entries()) syncOf(id).networkChanged(index * stagger)
  }

  const silence = (id: string): void => {
    syncs.get(id)?.stop()
    syncs.delete(id)
  }

  const listenForSleep = (): void => {
    const due = clock.elapsed() + heartbeat
    clock.after(heartbeat, () => {
      if (clock.elapsed() - due > overslept && presence.machine === 'awake') {
        // Held polls are dead by now, whatever the system reports about their connections.
        networkChanged()
        askAll()
      }
      listenForSleep()
    })
  }

  listenForSleep()
  return {
    start: askAll,
    refresh: (id) => {
      if (model.account(id) === undefined) return Promise.resolve(fail('account_unknown', { account: id }))
      return syncOf(id).refresh('user')
    },
    look: (id) => {
      if (model.account(id) === undefined) return Promise.resolve(fail('account_unknown', { account: id }))
      return syncOf(id).refresh('question')
    },
    onMarkedRead: (id, notifications) => syncs.get(id)?.onMarkedRead(notifications),
    intervalChanged: paceChanged,
    renew: (id, session) => {
      silence(id)
      budgets.renew(id)
      syncOf(id).begin(session)
    },
    keyedHttp: (id) => gate.keyed(budgets.of(id), 'user'),
    usageOf: (id) => {
      const budget = budgets.of(id)
      const { requests, limit } = budget.today()
      const blockedUntil = budget.blockedUntil()
      return {
        requestsToday: requests,
        requestsADay: limit,
        blockedUntil: blockedUntil > clock.now() ? blockedUntil : null,
        channel: syncs.get(id)?.channel() ?? null,
      }
    },
    openHttp: gate.open('user'),
    openHttpByClock: gate.open('question'),
    pictureHttp: (id) => gate.pictures(id === undefined ? undefined : budgets.of(id)),
    silence,
    drop: (id) => {
      silence(id)
      budgets.drop(id)
    },
    setPresence: (changes) => {
      const before = presence
      const isAway = before.user !== 'active' || before.machine === 'asleep'
      if (changes.user !== undefined && (isAway || awayAt === undefined)) awayAt = clock.elapsed()
      presence = { ...presence, ...changes }
      if (isDeepStrictEqual(presence, before)) return
      if (presence.machine === 'awake' && before.machine === 'asleep') {
        askAll()
        return
      }
      paceChanged()
    },
    networkChanged,
    stop: () => {
      // Requests cancelled because the program ends must not mark their accounts as stale.
      for (const account of syncs.values()) account.stop()
      budgets.stop()
    },
  }
}
