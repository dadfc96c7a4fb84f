import { type Failure, fail, ok, type Result } from '../../common/failure.ts'
import type { Clock } from '../clock.ts'
import type { Http } from '../discourse/http.ts'
import type { Account, Model } from '../model.ts'
import type { Random } from '../random.ts'
import type { Vault } from '../storage/vault.ts'
import { type Budget, createBudget, withinBudget } from './budget.ts'
import { readCounts } from './read-counts.ts'

/** Keeps every account's counts up to date, each by its own clock. */
export interface Poller {
  /** Begins with every account the model has, spread out so that they do not all ask at once. */
  start(): void
  /** Asks for one account's counts now; while it is being asked already, waits for that answer. */
  refresh(id: string): Promise<Result<null>>
  /** `http` for requests with this account's key, so that they count against its budget. */
  keyedHttp(id: string): Http
  /** No more questions about this account. */
  drop(id: string): void
}

/** What a poller is made with. */
export interface PollerOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  /** Milliseconds between two questions about one account. */
  readonly interval: number
  /** New numbers have arrived; `before` is the account as it stood. */
  readonly onCounts: (before: Account) => void
  /** The forum has stopped accepting the account's key; told once. */
  readonly onRefused: (id: string) => void
}

/** After failures an account is asked ever more rarely, down to this. */
const longestInterval = 30 * 60_000
/** How far apart accounts begin at start. */
const stagger = 250
/** The failures that speak of this computer's network rather than of the forum. */
const networkCodes: ReadonlySet<Failure['code']> = new Set(['dns_failed', 'offline'])

/** What a question to a forum ends in. */
interface Outcome {
  readonly result: Result<null>
  readonly change?: Partial<Account>
  /** Milliseconds to the next question; without it, only the user brings the account back. */
  readonly next?: number
}

const unchanged: Outcome = { result: ok(null) }

const signInNeeded = (failure: Failure): Outcome => ({
  result: { ok: false, failure },
  change: { refused: failure.code === 'access_refused', state: { kind: 'needsSignIn', failure } },
})

interface Clockwork {
  readonly budget: Budget
  failures: number
  cancel: () => void
  asking: Promise<Result<null>> | undefined
}

export const createPoller = (options: PollerOptions): Poller => {
  const { model, vault, http, clock, random, interval, onCounts, onRefused } = options
  const clockworks = new Map<string, Clockwork>()

  const clockwork = (id: string): Clockwork => {
    const existing = clockworks.get(id)
    if (existing !== undefined) return existing
    const made: Clockwork = { budget: createBudget(clock), failures: 0, cancel: () => undefined, asking: undefined }
    clockworks.set(id, made)
    return made
  }

  const schedule = (id: string, delay: number): void => {
    const own = clockworks.get(id)
    if (own === undefined) return
    own.cancel()
    own.cancel = clock.after(delay, () => void refresh(id))
  }

  /** The usual interval give or take a tenth, doubled with each failure in a row. */
  const pause = (failures: number): number =>
    Math.min(longestInterval, interval * 2 ** Math.min(failures, 10)) * (0.9 + 0.2 * random.fraction())

  const ask = async (id: string): Promise<Outcome> => {
    const account = model.account(id)
    if (account === undefined) return { result: fail('account_unknown', { account: id }) }
    if (account.revoking) return unchanged
    const secrets = vault.secrets()
    if (secrets === undefined) return { result: fail('keychain_locked'), change: { state: { kind: 'locked' } } }
    const key = secrets.keys[id]
    const { base, host } = account.site
    if (key === undefined) return signInNeeded({ code: 'key_missing', params: { host } })
    if (account.refused) return signInNeeded({ code: 'access_refused', params: { host } })
    const keyed = withinBudget(http, clockwork(id).budget)
    const answer = await readCounts({ keyed, open: http, base, key, hasTotals: account.hasTotals })
    if (model.account(id)?.revoking === true) return unchanged
    // Signed in anew while the forum was answering: this answer is about a key that is gone.
    if (vault.secrets()?.keys[id] !== key) return await ask(id)
    return answer.ok ? arrived(id, answer.value) : failed(account, answer.failure)
  }

  const arrived = (id: string, numbers: Pick<Account, 'counts' | 'hasTotals'>): Outcome => {
    const at = clock.now()
    clockwork(id).failures = 0
    const change = { ...numbers, checkedAt: at, lastUsedAt: at, state: { kind: 'fresh' } } as const
    return { result: ok(null), change, next: pause(0) }
  }

  const failed = ({ id, state }: Account, failure: Failure): Outcome => {
    if (failure.code === 'access_refused') return signInNeeded(failure)
    const result = { ok: false, failure } as const
    const seconds = failure.code === 'rate_limited' ? failure.params?.['seconds'] : undefined
    if (typeof seconds === 'number') {
      const until = clock.now() + seconds * 1000
      // A second later than told: both clocks are rounded.
      return { result, change: { state: { kind: 'limited', until } }, next: seconds * 1000 + 1000 }
    }
    const own = clockwork(id)
    own.failures += 1
    const kind = networkCodes.has(failure.code) ? 'offline' : 'stale'
    const since = state.kind === 'stale' || state.kind === 'offline' ? state.since : clock.now()
    return { result, change: { state: { kind, since, failure } }, next: pause(own.failures) }
  }

  /** Applies an outcome in one go: who sees the new state sees the next question planned as well. */
  const settle = (id: string, { result, change, next }: Outcome): Result<null> => {
    const own = clockworks.get(id)
    const before = model.account(id)
    if (own !== undefined) own.asking = undefined
    if (next !== undefined) schedule(id, next)
    if (before === undefined || change === undefined) return result
    model.changeAccount(id, (account) => ({ ...account, ...change }))
    // A refusal is remembered, so that a dead key is not tried again at each start.
    if (change.refused === true && !before.refused) {
      model.save()
      onRefused(id)
    }
    if (result.ok) onCounts(before)
    return result
  }

  const refresh = (id: string): Promise<Result<null>> => {
    const own = clockwork(id)
    own.cancel()
    own.asking ??= ask(id)
      // Whatever one question runs into, the next one is asked.
      .catch((): Outcome => ({ result: fail('internal'), next: pause(1) }))
      .then((outcome) => settle(id, outcome))
    return own.asking
  }

  return {
    start: () => {
      for (const [index, { id }] of model.accounts().entries()) {
        clockwork(id)
        schedule(id, index * stagger)
      }
    },
    refresh,
    keyedHttp: (id) => withinBudget(http, clockwork(id).budget),
    drop: (id) => {
      clockworks.get(id)?.cancel()
      clockworks.delete(id)
    },
  }
}
