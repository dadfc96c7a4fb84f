import type { CommandInput, CommandResults } from '../../common/commands.ts'
import { type Failure, fail, ok, type Result } from '../../common/failure.ts'
import type { SignInMethod } from '../../common/snapshot.ts'
import type { Clock } from '../clock.ts'
import { authorizeUrl, requestedScopes } from '../discourse/authorize-url.ts'
import type { Http } from '../discourse/http.ts'
import { createKeypair, type Keypair } from '../discourse/keypair.ts'
import { lookAtSite } from '../discourse/look-at-site.ts'
import type { Attempt, Model } from '../model.ts'
import type { Random } from '../random.ts'
import type { Vault } from '../storage/vault.ts'

/** How long a sign-in may take, in milliseconds: as long as the forum's own device codes. */
const attemptLifetime = 10 * 60_000
/** How long an attempt that has ended can still be seen, from the end of its time. */
const endedLifetime = 60 * 60_000
const mostWaiting = 10

/** Starts, changes and ends sign-in attempts; what comes back from the forum is read by `acceptAnswer`. */
export interface SignIn {
  /** Takes up the attempts that were waiting when the program ended. */
  start(): Promise<void>
  begin(input: CommandInput<'attempt.begin'>): Promise<Result<CommandResults['attempt.begin']>>
  switchMethod(input: CommandInput<'attempt.switch'>): Promise<Result<null>>
  dismiss(input: CommandInput<'attempt.dismiss'>): Promise<Result<null>>
  /** Where the user approves; undefined when the attempt is not waiting. For a browser only: it holds the nonce. */
  authorizeUrl(attempt: string): string | undefined
}

/** What sign-in is made with. */
export interface SignInOptions {
  readonly model: Model
  readonly vault: Vault
  /** Opens the vault if it is not open. Failures: why it cannot be. */
  readonly openVault: () => Promise<Result<null>>
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  /** The way in that works best in this shell: redirect only where the system hands us `discourse:` addresses. */
  readonly usualMethod: () => SignInMethod
}

export const createSignIn = (options: SignInOptions): SignIn => {
  const { model, vault, openVault, http, clock, random, usualMethod } = options

  const expireLater = (id: string, expiresAt: number): void => {
    clock.after(expiresAt - clock.now(), () => {
      const attempt = model.attempt(id)
      if (attempt === undefined) return
      // Ended one way or the other, it stays to be seen for a while.
      clock.after(endedLifetime, () => model.removeAttempt(id))
      if (attempt.state.kind !== 'waiting') return
      model.putAttempt({ ...attempt, state: { kind: 'expired' } })
      model.save()
      // Should this writing fail, the attempt is dead all the same: its time is checked again on accepting.
      void forgetNonce(id)
    })
  }

  const forgetNonce = (id: string): Promise<Result<null>> =>
    vault.change((secrets) => ({ ...secrets, nonces: without(secrets.nonces, id) }))

  const keypair = async (): Promise<Result<Keypair>> => {
    const known = vault.secrets()?.keypair
    if (known) return ok(known)
    const made = await createKeypair()
    // Another attempt may have made one meanwhile: the first stays.
    const stored = await vault.change((secrets) => ({ ...secrets, keypair: secrets.keypair ?? made }))
    return stored.ok ? ok(vault.secrets()?.keypair ?? made) : stored
  }

  return {
    start: async () => {
      const now = clock.now()
      const nonces = vault.secrets()?.nonces
      for (const { id, expiresAt } of model.attempts()) {
        // Kept in memory only, its nonce went with the last run; a keychain that is locked may still have it.
        const isLost = nonces !== undefined && nonces[id] === undefined
        if (expiresAt > now && !isLost) {
          expireLater(id, expiresAt)
        } else {
          model.removeAttempt(id)
          await forgetNonce(id)
        }
      }
    },
    begin: async ({ address, method, account: accountId }) => {
      // Asks a keychain once more that did not answer before; one that is open answers at once.
      const opened = await openVault()
      if (!opened.ok) return opened
      const account = accountId === undefined ? undefined : model.account(accountId)
      if (accountId !== undefined && account === undefined) return fail('account_unknown', { account: accountId })
      const waiting = model.attempts().filter((attempt) => attempt.state.kind === 'waiting')
      if (waiting.length >= mostWaiting) return fail('too_many_attempts', { count: waiting.length })
      const looked = await lookAtSite(http, account?.site.base ?? address)
      if (!looked.ok) return looked
      const keys = await keypair()
      if (!keys.ok) return keys
      const now = clock.now()
      const attempt: Attempt = {
        id: random.hex(16),
        site: looked.value.site,
        apiVersion: looked.value.apiVersion,
        method: method ?? usualMethod(),
        account: account?.id ?? null,
        clientId: account?.clientId ?? random.hex(16),
        scopes: [...requestedScopes],
        createdAt: now,
        expiresAt: now + attemptLifetime,
        state: { kind: 'waiting', failure: null },
      }
      const nonce = random.hex(16)
      const stored = await vault.change((secrets) => ({
        ...secrets,
        nonces: { ...secrets.nonces, [attempt.id]: nonce },
      }))
      if (!stored.ok) return stored
      model.putAttempt(attempt)
      model.save()
      expireLater(attempt.id, attempt.expiresAt)
      return ok({ attempt: attempt.id, expiresAt: attempt.expiresAt })
    },
    switchMethod: async ({ attempt: id, method }) => {
      const attempt = model.attempt(id)
      const failure = notWaiting(attempt)
      if (attempt === undefined || failure !== undefined) return { ok: false, failure: failure ?? unknownAttempt }
      model.putAttempt({ ...attempt, method })
      model.save()
      return ok(null)
    },
    dismiss: async ({ attempt: id }) => {
      if (model.attempt(id) === undefined) return { ok: false, failure: unknownAttempt }
      model.removeAttempt(id)
      model.save()
      const forgotten = await forgetNonce(id)
      // An attempt that is not in the model can never be accepted, so a keychain that does not answer loses nothing.
      return forgotten.ok ? forgotten : ok(null)
    },
    authorizeUrl: (id) => {
      const attempt = model.attempt(id)
      const secrets = vault.secrets()
      const nonce = secrets?.nonces[id]
      const publicKey = secrets?.keypair?.publicKey
      if (attempt?.state.kind !== 'waiting' || nonce === undefined || publicKey === undefined) return undefined
      const { method, clientId, scopes } = attempt
      return authorizeUrl({ base: attempt.site.base, method, clientId, nonce, publicKey, scopes })
    },
  }
}

const unknownAttempt: Failure = { code: 'attempt_unknown' }

const notWaiting = (attempt: Attempt | undefined): Failure | undefined => {
  if (attempt === undefined) return unknownAttempt
  if (attempt.state.kind === 'expired') return { code: 'attempt_expired' }
  return attempt.state.kind === 'waiting' ? undefined : unknownAttempt
}

/** A record without one of its entries. */
const without = (record: Readonly<Record<string, string>>, id: string): Record<string, string> => {
  const { [id]: _, ...rest } = record
  return rest
}
