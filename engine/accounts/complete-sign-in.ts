import { timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import type { CommandResults } from '../../common/contract/commands.ts'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account, Attempt } from '../account.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { decryptPayload } from '../discourse/keypair.ts'
import { parseAuthorizationResponse } from '../discourse/parse-authorization-response.ts'
import { payloadSchema } from '../discourse/response-schemas.ts'
import type { Model } from '../model.ts'
import { parseJson } from '../parsing/parse-json.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import { emptyCache } from '../storage/account-cache.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { Vault } from '../storage/vault.ts'
import type { OneTimeLogin } from './one-time-login.ts'

/** After so many answers in a minute that fit no attempt, no more are tried: any web page can send them. */
const mostMisfits = 8
const misfitPeriod = 60_000

type Accepted = CommandResults['attempt.accept']

/** What accepting is made with. */
export interface CompleteSignInOptions {
  readonly model: Model
  readonly vault: Vault
  /** Opens the vault if it is not open. Failures: why it cannot be. */
  readonly openVault: () => Promise<Result<null>>
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly oneTimeLogin: OneTimeLogin
  /** An account has a new key and wants its first numbers, and its pictures. */
  readonly onConnected: (account: string, session: Session | null) => void
  /** There is a key that nobody uses any more; the forum should revoke it. */
  readonly onRetired: () => void
}

/**
 * Makes the function that reads what the forum gave back, from a redirect or from a paste (ARCHITECTURE.md, decision 5): decrypts
 * it, finds the one waiting attempt with its nonce, asks the forum whose key it is, and stores account and key.
 *
 * An answer that holds a one-time password alone opens the forum it was asked of; whatever is wrong with it is
 * `token_not_asked`.
 *
 * Failures: `redirect_invalid`, `payload_cut`, `nothing_waiting`, those of the vault, `too_many_tries`; `payload_rejected`
 * for everything that is wrong inside, without distinction; those of the forum's answer, after which the same payload may be tried again.
 */
export const createCompleteSignIn = (options: CompleteSignInOptions) => {
  const { model, vault, openVault, http, clock, random, oneTimeLogin, onConnected, onRetired } = options
  let misfits: number[] = []

  const waiting = (): readonly Attempt[] =>
    model.attempts().filter(({ state, expiresAt }) => state.kind === 'waiting' && expiresAt > clock.now())

  /** The failure goes where the user is looking: to the attempt, when it is clear which one. */
  const reject = (failure: Failure, attempts: readonly Attempt[]): Result<never> => {
    const [only, second] = attempts
    if (only !== undefined && second === undefined) {
      const isOver = only.expiresAt <= clock.now()
      model.putAttempt({ ...only, state: isOver ? { kind: 'expired' } : { kind: 'waiting', failure } })
    }
    return { ok: false, failure }
  }

  const connect = async (attempt: Attempt, { username, session }: KeyOwner, key: string, expiresAt: number | null) => {
    const { site, clientId, scopes, apiVersion } = attempt
    const known = model.accounts().find(({ site: { base }, username: name }) => base === site.base && name === username)
    const now = clock.now()
    const account: Account = {
      id: known?.id ?? random.hex(4),
      site,
      username,
      clientId,
      scopes,
      apiVersion,
      approvedAt: now,
      expiresAt,
      userId: session?.userId ?? known?.userId ?? null,
      refused: false,
      revoking: false,
      cache: { ...(known?.cache ?? emptyCache()), lastUsedAt: now },
      state: { kind: 'new' },
      isLive: false,
    }
    // With the same client id the forum has destroyed the old key itself (protocol.md 1.3).
    const replaced = known !== undefined && known.clientId !== clientId
    const stored = await vault.change((secrets) => withKey(secrets, attempt, account, key, replaced))
    if (!stored.ok) return stored
    model.putAccount(account)
    model.putAttempt({ ...attempt, state: { kind: 'done', account: account.id } })
    model.save()
    if (replaced) onRetired()
    onConnected(account.id, session)
    return ok({ account: account.id, outcome: 'connected' as const })
  }

  /** Cancelled while the forum was answering: nobody wants this key, and the forum has given it. */
  const cancelled = async ({ site }: Attempt, key: string): Promise<Result<never>> => {
    const stored = await vault.change((secrets) => ({
      ...secrets,
      retired: [...secrets.retired, { base: site.base, key }],
    }))
    if (stored.ok) onRetired()
    return fail('attempt_unknown')
  }

  /** Why nothing more is tried at the moment. */
  const tooManyTries = (): Result<never> | undefined => {
    const now = clock.now()
    misfits = misfits.filter((at) => at > now - misfitPeriod)
    const [oldest] = misfits
    if (oldest === undefined || misfits.length < mostMisfits) return undefined
    return fail('too_many_tries', { seconds: Math.ceil((oldest + misfitPeriod - now) / 1000) })
  }

  const acceptPassword = (encrypted: string): Result<Accepted> => {
    if (!oneTimeLogin.isExpected()) return fail('token_not_asked')
    const tooMany = tooManyTries()
    if (tooMany !== undefined) return tooMany
    const account = oneTimeLogin.accept(encrypted)
    if (account !== undefined) return ok({ account, outcome: 'opened' })
    misfits.push(clock.now())
    return fail('token_not_asked')
  }

  return async (text: string): Promise<Result<Accepted>> => {
    const answer = parseAuthorizationResponse(text)
    const attempts = waiting()
    if (!answer.ok) return reject(answer.failure, attempts)
    const { payloads, oneTimePassword } = answer.value
    if (payloads === undefined) return acceptPassword(oneTimePassword)
    if (attempts.length === 0) return fail('nothing_waiting')
    // The answer may be what this program was started for, and come before the keychain has opened.
    const opened = await openVault()
    if (!opened.ok) return reject(opened.failure, attempts)
    const secrets = vault.secrets()
    const privateKey = secrets?.keypair?.privateKey
    if (secrets === undefined || privateKey === undefined) return fail('nothing_waiting')
    const tooMany = tooManyTries()
    if (tooMany !== undefined) return tooMany
    const inside = decryptFirst(privateKey, payloads)
    const attempt = inside === undefined ? undefined : attemptOf(attempts, secrets, inside.nonce)
    if (inside === undefined || attempt === undefined) {
      misfits.push(clock.now())
      return reject({ code: 'payload_rejected' }, attempts)
    }
    model.putAttempt({ ...attempt, state: { kind: 'checking' } })
    const user = await whoseKey(http, attempt.site.base, inside.key)
    if (model.attempt(attempt.id) === undefined) return await cancelled(attempt, inside.key)
    if (!user.ok) return reject(user.failure, [attempt])
    const expiresAt = Date.parse(inside.expires_at ?? '')
    const connected = await connect(attempt, user.value, inside.key, Number.isNaN(expiresAt) ? null : expiresAt)
    if (!connected.ok) return reject(connected.failure, [attempt])
    if (oneTimePassword !== undefined) oneTimeLogin.keep(connected.value.account, oneTimePassword, privateKey)
    return connected
  }
}

/** What the first payload says that our key opens. */
const decryptFirst = (
  privateKey: string,
  payloads: readonly string[],
): v.InferOutput<typeof payloadSchema> | undefined => {
  for (const payload of payloads) {
    const inside = v.safeParse(payloadSchema, parseJson(decryptPayload(privateKey, payload) ?? ''))
    if (inside.success) return inside.output
  }
  return undefined
}

/** The waiting attempt with this nonce; every one is compared, each in constant time. */
const attemptOf = (attempts: readonly Attempt[], secrets: Secrets, nonce: string): Attempt | undefined => {
  const given = Buffer.from(nonce)
  return attempts.filter(({ id }) => {
    const expected = Buffer.from(secrets.nonces[id] ?? '')
    return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)
  })[0]
}

interface KeyOwner {
  readonly username: string
  /** null when the key may not read it. */
  readonly session: Session | null
}

/** Nothing in the payload says who the user is (protocol.md 1.5). */
const whoseKey = async (http: Http, base: string, key: string): Promise<Result<KeyOwner>> => {
  const client = createForumClient(http, base, key)
  const session = await client.session()
  if (session.ok) return ok({ username: session.value.username, session: session.value })
  if (session.failure.code !== 'access_refused') return session
  const totals = await client.totals()
  if (!totals.ok) return totals
  const { username } = totals.value
  return username === undefined ? session : ok({ username, session: null })
}

const withKey = (secrets: Secrets, attempt: Attempt, account: Account, key: string, replaced: boolean): Secrets => {
  const { [attempt.id]: _, ...nonces } = secrets.nonces
  const { [attempt.id]: __, ...grants } = secrets.grants
  const old = secrets.keys[account.id]
  const retired =
    replaced && old !== undefined ? [...secrets.retired, { base: attempt.site.base, key: old }] : secrets.retired
  return { ...secrets, nonces, grants, retired, keys: { ...secrets.keys, [account.id]: key } }
}
