import type { CommandInput, CommandResults } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { AttemptState } from '../../common/contract/snapshot.ts'
import type { Attempt } from '../account.ts'
import { authorizeUrl, requestedScopes } from '../discourse/authorize-url.ts'
import { requestDeviceGrant } from '../discourse/device-flow.ts'
import type { Http } from '../discourse/http.ts'
import { inspectSite } from '../discourse/inspect-site.ts'
import { isRefusedBeforehand } from '../discourse/preflight.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Vault } from '../storage/vault.ts'
import { type ChangeAttempt, createChangeAttempt } from './change-attempt.ts'
import { createDeviceWatch } from './device-watch.ts'
import type { SignInKeypair } from './sign-in-keypair.ts'

/** How long a sign-in may take, in milliseconds: as long as the forum's own device codes. */
const attemptLifetime = 10 * 60_000
/** How long an attempt that has ended can still be seen, from the end of its time. */
const endedLifetime = 60 * 60_000
const mostWaiting = 10

/** Starts, changes and ends sign-in attempts; what comes back from the forum is read by `completeSignIn`. */
export interface SignIn extends ChangeAttempt {
  /** Takes up the attempts that were waiting when the program ended. */
  start(): Promise<void>
  /** Asks the forums about the attempts by device code that are not being asked about yet. */
  watchWaiting(): void
  begin(input: CommandInput<'attempt.begin'>): Promise<Result<CommandResults['attempt.begin']>>
  dismiss(input: CommandInput<'attempt.dismiss'>): Promise<Result<null>>
  /** Where the user approves; undefined when the attempt is not waiting. For a browser only: it holds the nonce. */
  authorizeUrl(attempt: string): string | undefined
}

/** What sign-in is made with. */
export interface SignInOptions {
  readonly model: Model
  readonly vault: Vault
  readonly keypair: SignInKeypair
  /** Opens the vault if it is not open. Failures: why it cannot be. */
  readonly openVault: () => Promise<Result<null>>
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  /** The way in that works best in this shell: redirect only where the system hands us `discourse:` addresses. */
  readonly defaultMethod: () => 'redirect' | 'paste'
  /** Reads a payload that arrived by device code. */
  readonly accept: (payload: string) => Promise<Result<unknown>>
}

export const createSignIn = (options: SignInOptions): SignIn => {
  const { model, vault, keypair, openVault, http, clock, random, defaultMethod, accept } = options

  const expireLater = (id: string, expiresAt: number): void => {
    clock.after(expiresAt - clock.now(), () => {
      const attempt = model.attempt(id)
      if (attempt === undefined) return
      // Ended one way or the other, it stays to be seen for a while.
      clock.after(endedLifetime, () => model.removeAttempt(id))
      end(id, { kind: 'expired' })
    })
  }

  const end = (id: string, state: AttemptState): void => {
    const attempt = model.attempt(id)
    if (attempt?.state.kind !== 'waiting') return
    model.putAttempt({ ...attempt, state })
    model.save()
    // Should this writing fail, the attempt is dead all the same: its time is checked again on accepting.
    void forget(id)
  }

  /** An attempt's secrets. */
  const forget = (id: string): Promise<Result<null>> =>
    vault.change(({ nonces, grants, ...others }) => ({
      ...others,
      nonces: without(nonces, id),
      grants: without(grants, id),
    }))

  const watchDevice = createDeviceWatch({ model, vault, http, clock, accept, onEnded: end })

  /** The attempt with a code from the forum; the code's secret half goes into the vault. */
  const withGrant = async (attempt: Attempt): Promise<Result<Attempt>> => {
    const { id, site, clientId, scopes, accessDays, expiresAt } = attempt
    const secrets = vault.secrets()
    const nonce = secrets?.nonces[id]
    const publicKey = secrets?.keypair?.publicKey
    if (nonce === undefined || publicKey === undefined) return fail('keychain_locked')
    const granted = await requestDeviceGrant(http, {
      base: site.base,
      clientId,
      nonce,
      publicKey,
      scopes,
      accessDays,
    })
    if (!granted.ok) return granted
    const { deviceCode, userCode, page, lifetime, interval } = granted.value
    const grant = { deviceCode, page, interval }
    const stored = await vault.change((now) => ({ ...now, grants: { ...now.grants, [id]: grant } }))
    if (!stored.ok) return stored
    return ok({ ...attempt, userCode, expiresAt: Math.min(expiresAt, clock.now() + lifetime) })
  }

  /** Where the user approves an attempt that waits. */
  const pageOf = ({ id, state, method, clientId, scopes, accessDays, site }: Attempt): string | undefined => {
    const secrets = vault.secrets()
    if (state.kind !== 'waiting' || secrets === undefined) return undefined
    if (method === 'device') return secrets.grants[id]?.page
    const nonce = secrets.nonces[id]
    const publicKey = secrets.keypair?.publicKey
    if (nonce === undefined || publicKey === undefined) return undefined
    return authorizeUrl({ base: site.base, method, clientId, nonce, publicKey, scopes, accessDays })
  }

  /** The attempt with all that its way in needs, and not refused by a forum that can say so beforehand. */
  const prepare = async (begun: Attempt, isMethodNamed: boolean): Promise<Result<Attempt>> => {
    const isNewForum = begun.methods.includes('device')
    const granted = begun.method === 'device' ? await withGrant(begun) : ok(begun)
    if (!granted.ok && (isMethodNamed || granted.failure.code === 'site_refuses_apps')) return granted
    // A forum that advertises codes and gives none still has the other ways.
    const methods = begun.methods.filter((method) => method !== 'device')
    const attempt = granted.ok ? granted.value : { ...begun, method: defaultMethod(), methods }
    const page = attempt.method === 'device' || !isNewForum ? undefined : pageOf(attempt)
    if (page === undefined || !(await isRefusedBeforehand(http, page))) return ok(attempt)
    return fail('site_refuses_apps', { host: attempt.site.host })
  }

  const watchWaiting = (): void => {
    for (const { id, method } of model.attempts()) if (method === 'device') watchDevice(id)
  }

  const begin: SignIn['begin'] = async ({ address, allowPlain, method, account: accountId }) => {
    // Asks a keychain once more that did not answer before; one that is open answers at once.
    const opened = await openVault()
    if (!opened.ok) return opened
    const account = accountId === undefined ? undefined : model.account(accountId)
    if (accountId !== undefined && account === undefined) return fail('account_unknown', { account: accountId })
    const waiting = model.attempts().filter((attempt) => attempt.state.kind === 'waiting')
    if (waiting.length >= mostWaiting) return fail('too_many_attempts', { count: waiting.length })
    // An account that is here already was added on the user's word.
    const looked = await inspectSite(http, account?.site.base ?? address, allowPlain ?? account !== undefined)
    if (!looked.ok) return looked
    const keys = await keypair.get()
    if (!keys.ok) return keys
    const { site, apiVersion, hasDeviceFlow } = looked.value
    const methods = methodsOf(hasDeviceFlow, defaultMethod())
    const now = clock.now()
    const begun: Attempt = {
      id: random.hex(16),
      site,
      apiVersion,
      method: method ?? methods[0] ?? 'paste',
      methods,
      userCode: null,
      account: account?.id ?? null,
      clientId: account?.clientId ?? random.hex(16),
      scopes: [...requestedScopes],
      accessDays: null,
      // It came with the device flow, and nothing else tells of it (protocol.md 10).
      canLimitAccess: hasDeviceFlow,
      createdAt: now,
      expiresAt: now + attemptLifetime,
      state: { kind: 'waiting', failure: null },
    }
    const { id } = begun
    const nonce = random.hex(16)
    const stored = await vault.change((secrets) => ({ ...secrets, nonces: { ...secrets.nonces, [id]: nonce } }))
    if (!stored.ok) return stored
    const ready = await prepare(begun, method !== undefined)
    if (!ready.ok) {
      await forget(id)
      return ready
    }
    const { expiresAt } = ready.value
    model.putAttempt(ready.value)
    model.save()
    expireLater(id, expiresAt)
    watchWaiting()
    return ok({ attempt: id, expiresAt })
  }

  return {
    start: async () => {
      const now = clock.now()
      const nonces = vault.secrets()?.nonces
      for (const { id, expiresAt, state } of model.attempts()) {
        // The answer this program was started for may have been quicker.
        if (state.kind === 'done') continue
        // Kept in memory only, its nonce went with the last run; a keychain that is locked may still have it.
        const isLost = nonces !== undefined && nonces[id] === undefined
        if (expiresAt > now && !isLost) {
          expireLater(id, expiresAt)
        } else {
          model.removeAttempt(id)
          await forget(id)
        }
      }
      watchWaiting()
    },
    watchWaiting,
    begin: (input) => keypair.hold(() => begin(input)),
    ...createChangeAttempt({ model, http, defaultMethod, withGrant, pageOf, watchWaiting, forget }),
    dismiss: async ({ attempt: id }) => {
      if (model.attempt(id) === undefined) return fail('attempt_unknown')
      model.removeAttempt(id)
      model.save()
      const forgotten = await forget(id)
      // An attempt that is not in the model can never be accepted, so a keychain that does not answer loses nothing.
      return forgotten.ok ? forgotten : ok(null)
    },
    authorizeUrl: (id) => {
      const attempt = model.attempt(id)
      return attempt === undefined ? undefined : pageOf(attempt)
    },
  }
}

/** The ways in at a site, the best first: a code needs neither a redirect nor a paste, and a paste always works. */
const methodsOf = (hasDeviceFlow: boolean, usual: SignInMethod): SignInMethod[] => [
  ...new Set<SignInMethod>([...(hasDeviceFlow ? (['device'] as const) : []), usual, 'paste']),
]

/** A record without one of its entries. */
const without = <T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> => {
  const { [id]: _, ...rest } = record
  return rest
}
