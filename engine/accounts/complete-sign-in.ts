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
import { type Secrets, without, withoutAttempt } from '../storage/secrets.ts'
import type { Vault } from '../storage/vault.ts'
import type { OneTimeLogin } from './one-time-login.ts'
import { ownerOf, type StoreReconciliation } from './reconcile-stores.ts'

/**
 * After this many unmatched answers in a minute, the only failure for further wrong ones is that there are too many:
 * any web page can send them. The right one is still accepted; otherwise any page could keep it out.
 */
const mostUnmatched = 8
const unmatchedPeriod = 60_000
/** Until the forum is asked again whose key it is, in milliseconds. */
const retryPause = 15_000

type Accepted = CommandResults['attempt.accept']

/** Completes sign-ins: reads what a forum gives back, finds out whose key it is, and stores account and key. */
export interface CompleteSignIn {
  /**
   * Reads a forum's answer from a redirect or a paste (ARCHITECTURE.md, decision 5): decrypts it, finds the one waiting
   * attempt with its nonce, asks the forum whose key it is, and stores account and key. The key is in the vault before
   * the forum is asked, so from then on the user need not hand anything over again.
   *
   * An answer that holds only a one-time password opens the forum it was requested for; any fault in it is
   * `token_not_asked`.
   *
   * Failures: `redirect_invalid`, `payload_cut`, `nothing_waiting`, those of the vault, `too_many_tries`;
   * `payload_rejected` for any fault inside, without distinction; those of the forum's answer, after which it is asked
   * again.
   */
  accept(text: string): Promise<Result<Accepted>>
  /** Resumes an attempt whose key has already arrived; does nothing for any other. */
  resume(attempt: string): void
  /** Whether a key has arrived for the attempt, also one that is still encrypted: its time no longer matters then. */
  isAnswered(attempt: string): boolean
}

export interface CompleteSignInOptions {
  readonly model: Model
  readonly vault: Vault
  /** Opens the vault if it is not open. Failures: why it cannot be. */
  readonly openVault: () => Promise<Result<null>>
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly oneTimeLogin: OneTimeLogin
  readonly stores: Pick<StoreReconciliation, 'dropAttempt'>
  /** Adjusts the times of attempts if the wall clock was set. */
  readonly followClock: () => void
  /** An account has a new key, and needs its first counts and its pictures. */
  readonly onConnected: (account: string, session: Session | null) => void
  /** A key is no longer used; the forum should revoke it. */
  readonly onRetired: () => void
}

/**
 * Over a hundred lines, as one closure: each step decides with the same attempt, vault and model what to undo if it
 * fails.
 */
export const createCompleteSignIn = (options: CompleteSignInOptions): CompleteSignIn => {
  const { model, vault, openVault, http, clock, random, oneTimeLogin, stores, followClock } = options
  const { onConnected, onRetired } = options
  const unmatched = countUnmatched(clock)

  const waiting = (): readonly Attempt[] => {
    followClock()
    const isInTime = ({ expiresAt, payload }: Attempt): boolean => expiresAt > clock.now() || payload !== null
    return model.attempts().filter((attempt) => attempt.state.kind === 'waiting' && isInTime(attempt))
  }

  /** Shows the failure where the user is looking: at the attempt, if it is clear which one. */
  const reject = (failure: Failure, attempts: readonly Attempt[]): Result<never> => {
    const [only, second] = attempts
    if (only !== undefined && second === undefined) {
      const isOver = only.expiresAt <= clock.now() && !isAnswered(only.id)
      model.putAttempt({ ...only, state: isOver ? { kind: 'expired' } : { kind: 'waiting', failure } })
    }
    return { ok: false, failure }
  }

  const isAnswered = (id: string): boolean =>
    vault.secrets()?.received[id] !== undefined || typeof model.attempt(id)?.payload === 'string'

  const connect = async (attempt: Attempt, owner: SessionOwner, received: Received): Promise<Result<Accepted>> => {
    const { username, session } = owner
    const { site, clientId, scopes, apiVersion } = attempt
    const known = knownAccount(model.accounts(), site.base, owner)
    const now = clock.now()
    const account: Account = {
      id: known?.id ?? random.hex(4),
      site,
      username,
      clientId,
      scopes,
      apiVersion,
      approvedAt: now,
      expiresAt: received.expiresAt,
      userId: session?.userId ?? known?.userId ?? null,
      refused: false,
      revoking: false,
      cache: { ...(known?.cache ?? emptyCache()), lastUsedAt: now },
      state: { kind: 'new' },
      isLive: false,
    }
    // With the same client id the forum has destroyed the old key itself (protocol.md 1.3).
    const replaced = known !== undefined && known.clientId !== clientId
    const stored = await vault.change((secrets) => withKey(secrets, attempt.id, account, received.key, replaced))
    if (!stored.ok) return reject(stored.failure, [attempt])
    model.putAccount(account)
    model.putAttempt({ ...attempt, state: { kind: 'done', account: account.id } })
    model.save()
    noticeOtherUser(attempt, account)
    if (replaced) onRetired()
    onConnected(account.id, session)
    return ok({ account: account.id, outcome: 'connected' })
  }

  /** Whoever renews an account while logged in to the forum as somebody else gets another account, and is told so. */
  const noticeOtherUser = ({ account: wanted }: Attempt, { id, username, site }: Account): void => {
    const expected = wanted === null || wanted === id ? undefined : model.account(wanted)
    if (expected === undefined) return
    const params = { host: site.host, username, expected: expected.username }
    model.addNotice({ code: 'signed_in_as_another', params })
  }

  /** Asks the forum whose key it is, repeatedly until it says. */
  const checkKey = async (attempt: Attempt, received: Received): Promise<Result<Accepted>> => {
    const { id, site } = attempt
    model.putAttempt({ ...attempt, state: { kind: 'checking' } })
    const owner = await ownerOfKey(http, site.base, received.key)
    // Cancelled while the forum was answering; the attempt's secrets went with it, and its key will be revoked.
    if (model.attempt(id) === undefined) return fail('attempt_unknown')
    if (owner.ok) return await connect(attempt, owner.value, received)
    if (owner.failure.code === 'access_refused') {
      // Asking again would not change that, and nobody uses the key, whatever it is good for.
      await vault.change((secrets) => retireReceived(secrets, id))
      onRetired()
    } else clock.after(retryPause, () => resume(id))
    return reject(owner.failure, [attempt])
  }

  const resume = (id: string): void => {
    const attempt = model.attempt(id)
    const received = vault.secrets()?.received[id]
    if (attempt?.state.kind === 'waiting' && received !== undefined) void checkKey(attempt, received)
  }

  const rejectUnmatched = (failure: Failure, attempts: readonly Attempt[]): Result<never> => {
    const tooMany = unmatched.tooMany()
    unmatched.add()
    return tooMany ?? reject(failure, attempts)
  }

  const acceptPassword = (encrypted: string): Result<Accepted> => {
    if (!oneTimeLogin.isExpected()) return fail('token_not_asked')
    const account = oneTimeLogin.accept(encrypted)
    return account === undefined ? rejectUnmatched({ code: 'token_not_asked' }, []) : ok({ account, outcome: 'opened' })
  }

  const accept: CompleteSignIn['accept'] = async (text) => {
    const answer = parseAuthorizationResponse(text)
    const attempts = waiting()
    if (!answer.ok) return reject(answer.failure, attempts)
    const { payloads, oneTimePassword } = answer.value
    if (payloads === undefined) return acceptPassword(oneTimePassword)
    if (attempts.length === 0) return fail('nothing_waiting')
    // This program may have been started for the answer, which then comes before the keychain has opened.
    const opened = await openVault()
    if (!opened.ok) return reject(opened.failure, attempts)
    const secrets = vault.secrets()
    const privateKey = secrets?.keypair?.privateKey
    if (secrets === undefined || privateKey === undefined) return fail('nothing_waiting')
    const inside = decryptFirst(privateKey, payloads)
    const attempt = inside && attemptOf(attempts, secrets, inside.nonce)
    if (inside === undefined || attempt === undefined) return rejectUnmatched({ code: 'payload_rejected' }, attempts)
    const received = readReceived(attempt, inside)
    model.putAttempt({ ...attempt, state: { kind: 'checking' } })
    const stored = await vault.change((now) => ({ ...now, received: { ...now.received, [attempt.id]: received } }))
    if (!stored.ok) return reject(stored.failure, [attempt])
    if (model.attempt(attempt.id) === undefined) {
      await stores.dropAttempt(attempt.id)
      return fail('attempt_unknown')
    }
    const connected = await checkKey(attempt, received)
    if (connected.ok && oneTimePassword !== undefined)
      oneTimeLogin.keep(connected.value.account, oneTimePassword, privateKey)
    return connected
  }

  return { accept, resume, isAnswered }
}

/** Counts answers that fit no attempt, over the last minute. */
const countUnmatched = (clock: Clock) => {
  let unmatched: number[] = []
  return {
    add: (): void => void unmatched.push(clock.elapsed()),
    /** The failure to give while there are too many. */
    tooMany: (): Result<never> | undefined => {
      const now = clock.elapsed()
      unmatched = unmatched.filter((at) => at > now - unmatchedPeriod).slice(-mostUnmatched)
      const [oldest] = unmatched
      if (oldest === undefined || unmatched.length < mostUnmatched) return undefined
      return fail('too_many_tries', { seconds: Math.ceil((oldest + unmatchedPeriod - now) / 1000) })
    },
  }
}

type Payload = v.InferOutput<typeof payloadSchema>

/** The contents of the first payload that our key opens. */
const decryptFirst = (privateKey: string, payloads: readonly string[]): Payload | undefined => {
  for (const payload of payloads) {
    const inside = v.safeParse(payloadSchema, parseJson(decryptPayload(privateKey, payload) ?? ''))
    if (inside.success) return inside.output
  }
  return undefined
}

type Received = Secrets['received'][string]

const readReceived = ({ site }: Attempt, payload: Payload): Received => {
  const expiresAt = Date.parse(payload.expires_at ?? '')
  return { base: site.base, key: payload.key, expiresAt: Number.isNaN(expiresAt) ? null : expiresAt }
}

/**
 * The account that a key's owner already has here. On one forum a user is identified by their id, which survives a
 * rename; the name decides only where one of the two has no id.
 */
const knownAccount = (accounts: readonly Account[], base: string, owner: SessionOwner): Account | undefined => {
  const here = accounts.filter(({ site }) => site.base === base)
  const userId = owner.session?.userId
  const byId = here.find((account) => userId !== undefined && account.userId === userId)
  const isUnnumbered = (account: Account): boolean => userId === undefined || account.userId === null
  return byId ?? here.find((account) => isUnnumbered(account) && account.username === owner.username)
}

/** The waiting attempt with this nonce; every one is compared, each in constant time. */
const attemptOf = (attempts: readonly Attempt[], secrets: Secrets, nonce: string): Attempt | undefined => {
  const given = Buffer.from(nonce)
  return attempts.filter(({ id }) => {
    const expected = Buffer.from(secrets.nonces[id] ?? '')
    return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)
  })[0]
}

interface SessionOwner {
  readonly username: string
  /** null when the key may not read it. */
  readonly session: Session | null
}

/** Nothing in the payload says who the user is (protocol.md 1.5). */
const ownerOfKey = async (http: Http, base: string, key: string): Promise<Result<SessionOwner>> => {
  const client = createForumClient(http, base, key, 'adding')
  const session = await client.session()
  if (session.ok) return ok({ username: session.value.username, session: session.value })
  if (session.failure.code !== 'access_refused') return session
  const totals = await client.totals()
  if (!totals.ok) return totals
  const { username } = totals.value
  return username === undefined ? session : ok({ username, session: null })
}

const retireReceived = (secrets: Secrets, attempt: string): Secrets => {
  const received = secrets.received[attempt]
  if (received === undefined) return secrets
  const { base, key } = received
  return { ...secrets, received: without(secrets.received, attempt), retired: [...secrets.retired, { base, key }] }
}

const withKey = (secrets: Secrets, attempt: string, account: Account, key: string, replaced: boolean): Secrets => {
  const { id, site } = account
  const old = secrets.keys[id]
  const rest = withoutAttempt({ ...secrets, received: without(secrets.received, attempt) }, attempt)
  return {
    ...rest,
    retired: replaced && old !== undefined ? [...rest.retired, { base: site.base, key: old }] : rest.retired,
    keys: { ...rest.keys, [id]: key },
    owners: { ...rest.owners, [id]: ownerOf(account) },
  }
}
