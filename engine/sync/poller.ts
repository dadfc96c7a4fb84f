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
  stop(): void
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
}

/** After failures an account is asked ever more rarely, down to this. */
const longestInterval = 30 * 60_000
/** How far apart accounts begin at start. */
const stagger = 250
/** The failures that speak of this computer's network rather than of the forum. */
const networkCodes: ReadonlySet<Failure['code']> = new Set(['dns_failed', 'offline'])

interface Clockwork {
  readonly budget: Budget
  failures: number
  cancel: () => void
  asking: Promise<Result<null>> | undefined
}

export const createPoller = (options: PollerOptions): Poller => {
  const { model, vault, http, clock, random, interval, onCounts } = options
  const clockworks = new Map<string, Clockwork>()
  let stopped = false

  const clockwork = (id: string): Clockwork => {
    const existing = clockworks.get(id)
    if (existing !== undefined) return existing
    const made: Clockwork = { budget: createBudget(clock), failures: 0, cancel: () => undefined, asking: undefined }
    clockworks.set(id, made)
    return made
  }

  const schedule = (id: string, delay: number): void => {
    const own = clockworks.get(id)
    if (stopped || own === undefined) return
    own.cancel()
    own.cancel = clock.after(delay, () => void refresh(id))
  }

  /** The usual interval give or take a tenth, doubled with each failure in a row. */
  const pause = (failures: number): number =>
    Math.min(longestInterval, interval * 2 ** Math.min(failures, 10)) * (0.9 + 0.2 * random.fraction())

  const ask = async (id: string): Promise<Result<null>> => {
    const account = model.account(id)
    if (account === undefined) return fail('account_unknown', { account: id })
    if (account.state.kind === 'revoking') return ok(null)
    const secrets = vault.secrets()
    if (secrets === undefined) {
      model.changeAccount(id, (now) => ({ ...now, state: { kind: 'locked' } }))
      return fail('keychain_locked')
    }
    const key = secrets.keys[id]
    const { base, host } = account.site
    if (key === undefined) return signInNeeded(id, { code: 'key_missing', params: { host } })
    if (account.refused) return signInNeeded(id, { code: 'access_refused', params: { host } })
    const keyed = withinBudget(http, clockwork(id).budget)
    const answer = await readCounts({ keyed, open: http, base, key, hasTotals: account.hasTotals })
    // Revoked or signed in anew while the forum was answering: this answer is about a key that is gone.
    if (vault.secrets()?.keys[id] !== key || model.account(id)?.state.kind === 'revoking') return ok(null)
    return answer.ok ? arrived(account, answer.value) : failed(account, answer.failure)
  }

  const arrived = (before: Account, { counts, hasTotals }: Pick<Account, 'counts' | 'hasTotals'>): Result<null> => {
    const at = clock.now()
    clockwork(before.id).failures = 0
    model.changeAccount(before.id, (now) => ({
      ...now,
      counts,
      hasTotals,
      checkedAt: at,
      lastUsedAt: at,
      state: { kind: 'fresh' },
    }))
    onCounts(before)
    schedule(before.id, pause(0))
    return ok(null)
  }

  const failed = (account: Account, failure: Failure): Result<null> => {
    const { id, state } = account
    if (failure.code === 'access_refused') {
      model.changeAccount(id, (now) => ({ ...now, refused: true }))
      const saved = model.save()
      return saved.ok ? signInNeeded(id, failure) : saved
    }
    const own = clockwork(id)
    const seconds = failure.code === 'rate_limited' ? failure.params?.['seconds'] : undefined
    if (typeof seconds === 'number') {
      const until = clock.now() + seconds * 1000
      model.changeAccount(id, (now) => ({ ...now, state: { kind: 'limited', until } }))
      // A second later than told: both clocks are rounded.
      schedule(id, seconds * 1000 + 1000)
      return { ok: false, failure }
    }
    own.failures += 1
    const kind = networkCodes.has(failure.code) ? 'offline' : 'stale'
    const since = state.kind === 'stale' || state.kind === 'offline' ? state.since : clock.now()
    model.changeAccount(id, (now) => ({ ...now, state: { kind, since, failure } }))
    schedule(id, pause(own.failures))
    return { ok: false, failure }
  }

  const signInNeeded = (id: string, failure: Failure): Result<null> => {
    model.changeAccount(id, (now) => ({ ...now, state: { kind: 'needsSignIn', failure } }))
    return { ok: false, failure }
  }

  const refresh = (id: string): Promise<Result<null>> => {
    const own = clockwork(id)
    own.cancel()
    own.asking ??= ask(id)
      // Whatever a tick runs into, the clock goes on (design: a fault never stops it).
      .catch((): Result<null> => failedInside(id))
      .finally(() => {
        own.asking = undefined
      })
    return own.asking
  }

  const failedInside = (id: string): Result<null> => {
    schedule(id, pause(1))
    return fail('internal')
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
    stop: () => {
      stopped = true
      for (const { cancel } of clockworks.values()) cancel()
    },
  }
}
