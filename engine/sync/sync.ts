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

/** Keeps every account up to date, each by its own clock, within what the forums allow. */
export interface Sync {
  /** Begins with every account the model has, spread out so that they do not all ask at once. */
  start(): void
  /** Asks for one account's counts now, as the user wishes. */
  refresh(id: string): Promise<Result<null>>
  /** Asks for one account's counts as if it were time for that. */
  look(id: string): Promise<Result<null>>
  /** The forum has confirmed that these notifications of an account are read. */
  onMarkedRead(id: string, notifications: readonly number[]): void
  /** The default time between two questions is another. */
  intervalChanged(): void
  /** The account has a new key: whatever was known of the old one's limits and troubles is over. */
  renew(id: string, session: Session | null): void
  /** `http` for the user's requests with this account's key, so that they count against its budget. */
  keyedHttp(id: string): Http
  /** What this account's forum has been asked today, and until when it wants not to be; for the user to see. */
  usageOf(id: string): Usage
  /** `http` for requests without a key that the user waits for. */
  readonly openHttp: Http
  /** The same for what is asked by the clock: it waits as long as a forum that is down asks. */
  readonly openHttpByClock: Http
  /** No more questions about this account, and nothing held for it. */
  silence(id: string): void
  /** The account is gone. */
  drop(id: string): void
  /** What the shell has learnt about user and machine. */
  setPresence(presence: Partial<Presence>): void
  /** The network is another one, or back. */
  networkChanged(): void
  /** Ends what is under way, without a word of it, and writes what is to be known at the next start. */
  stop(): void
}

/** How much of what a forum allows an account's key has been used. */
export interface Usage {
  readonly requestsToday: number
  readonly requestsADay: number
  /** Milliseconds since 1970; null while the forum does not ask to wait. */
  readonly blockedUntil: number | null
  /** How its live channel stands; null while there is none. */
  readonly channel: ChannelState | null
}

export interface SyncOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly files: StateFiles
  /** Milliseconds between two questions about one account while the user is here and there is no live channel. */
  readonly interval: () => number
  readonly onCounts: (before: Account) => void
  readonly rowEvents: RowEvents
  readonly onRefused: (id: string) => void
}

/** How far apart accounts begin, in milliseconds: at start, after sleep, when the user or the network comes back. */
const stagger = 250
/** Polls and questions by the clock begin in steps of so many milliseconds, all accounts' together. */
const timerSlot = 1000
/** A timer that comes so much later than it should was kept by a machine that slept. */
const heartbeat = 30_000
const overslept = 60_000

/** One closure over a hundred lines: what reaches all accounts, in small functions over one map of them. */
export const createSync = (options: SyncOptions): Sync => {
  const { model, vault, http, clock, random, files, interval } = options
  const { onCounts, rowEvents, onRefused } = options
  const budgets = createBudgets(clock, files)
  const gate = createGate(http, clock)
  const coalesced = coalesceTimers(clock, timerSlot)
  const syncs = new Map<string, AccountSync>()
  let presence: Presence = attended
  /** When the user was known to be away last, or the shell began to tell; undefined while it tells nothing of them. */
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
        // What was held is dead by now, whatever the system says of it.
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
      // Questions under way are cancelled with the program; that is no state of their accounts.
      for (const account of syncs.values()) account.stop()
      budgets.stop()
    },
  }
}
