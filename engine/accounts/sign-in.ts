import type { CommandInput, CommandResults } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { AttemptState } from '../../common/contract/snapshot.ts'
import type { Account, Attempt } from '../account.ts'
import { requestedScopes } from '../discourse/authorize-url.ts'
import type { Http } from '../discourse/http.ts'
import { type InspectedSite, inspectSite } from '../discourse/inspect-site.ts'
import type { Keypair } from '../discourse/keypair.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Vault } from '../storage/vault.ts'
import { type ChangeAttempt, createChangeAttempt } from './change-attempt.ts'
import { newClientId } from './client-id.ts'
import type { CompleteSignIn } from './complete-sign-in.ts'
import { createDeviceWatch } from './device-watch.ts'
import { createAttemptPreparation } from './prepare-attempt.ts'
import type { StoreReconciliation } from './reconcile-stores.ts'
import type { SignInKeypair } from './sign-in-keypair.ts'

/** How long a sign-in may take, in milliseconds: as long as the forum's own device codes. */
const attemptLifetime = 10 * 60_000
/** How long an attempt that has ended stays visible after its expiry, in milliseconds. */
const endedLifetime = 60 * 60_000
const mostWaiting = 10

/** Starts, changes and ends sign-in attempts; what comes back from the forum is for `CompleteSignIn`. */
export interface SignIn extends ChangeAttempt {
  /** Resumes the attempts that were waiting when the program ended. */
  start(): Promise<void>
  /** Resumes the attempts that had to wait for the vault: those by device code, and those whose key has arrived. */
  resume(): void
  /**
   * Failures: those of the vault, `account_unknown`, `too_many_attempts`, those of `inspectSite`, those of preparing the
   * attempt.
   */
  begin(input: CommandInput<'attempt.begin'>): Promise<Result<CommandResults['attempt.begin']>>
  /** Failures: `attempt_unknown`, `keychain_keeps_secret`. */
  dismiss(input: CommandInput<'attempt.dismiss'>): Promise<Result<null>>
  /** The page where the user approves; undefined if the attempt is not waiting. Holds the nonce: for a browser only. */
  authorizeUrl(attempt: string): string | undefined
}

export interface SignInOptions {
  readonly model: Model
  readonly vault: Vault
  readonly keypair: SignInKeypair
  /** Opens the vault if it is not open. Failures: why it cannot be. */
  readonly openVault: () => Promise<Result<null>>
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  /** The method that works best in this shell: redirect only where the system hands us `discourse:` links. */
  readonly defaultMethod: () => 'redirect' | 'paste'
  readonly completeSignIn: CompleteSignIn
  readonly stores: Pick<StoreReconciliation, 'dropAttempt'>
}

/** What an attempt begins with: the site as it answers now, and the account that is being signed in again, if any. */
type BegunAt = InspectedSite & { readonly account: Account | undefined }

/**
 * Over a hundred lines, as one closure: starting, waiting for and ending an attempt are small steps that may cancel
 * each other.
 */
export const createSignIn = (options: SignInOptions): SignIn => {
  const { model, vault, keypair, openVault, http, clock, random, defaultMethod, completeSignIn, stores } = options
  const { prepare, withGrant, pageOf } = createAttemptPreparation({ vault, http, clock, defaultMethod })

  const expireLater = (id: string, expiresAt: number): void => {
    clock.after(expiresAt - clock.now(), () => {
      if (model.attempt(id) === undefined || completeSignIn.isAnswered(id)) return
      // However it ended, it stays visible for a while.
      clock.after(endedLifetime, () => model.removeAttempt(id))
      end(id, { kind: 'expired' })
    })
  }

  const end = (id: string, state: AttemptState): void => {
    const attempt = model.attempt(id)
    if (attempt?.state.kind !== 'waiting') return
    model.putAttempt({ ...attempt, state })
    model.save()
    // Even if this write fails the attempt is over: its expiry is checked again when an answer arrives.
    void stores.dropAttempt(id)
  }

  const watchDevice = createDeviceWatch({ model, vault, http, clock, accept: completeSignIn.accept, onEnded: end })

  const resume = (): void => {
    for (const { id, method } of model.attempts()) {
      completeSignIn.resume(id)
      if (method === 'device') watchDevice(id)
    }
  }

  const inspect = async (input: CommandInput<'attempt.begin'>): Promise<Result<BegunAt>> => {
    // A keychain that did not answer before is asked once more; an open one answers at once.
    const opened = await openVault()
    if (!opened.ok) return opened
    const account = input.account === undefined ? undefined : model.account(input.account)
    if (input.account !== undefined && account === undefined) return fail('account_unknown', { account: input.account })
    const waiting = model.attempts().filter((attempt) => attempt.state.kind === 'waiting')
    if (waiting.length >= mostWaiting) return fail('too_many_attempts', { count: waiting.length })
    // The user agreed to the address of an existing account when it was added.
    const isPlainAllowed = input.allowPlain ?? account !== undefined
    const inspected = await inspectSite(http, account?.site.base ?? input.address, isPlainAllowed)
    return inspected.ok ? ok({ ...inspected.value, account }) : inspected
  }

  const clientIdAt = ({ site, hasDeviceFlow }: InspectedSite, { privateKey }: Keypair): string => {
    // Older forums refuse an id that another of their members has, or had (protocol.md 1.6).
    if (!hasDeviceFlow) return random.hex(16)
    const here = model.accounts().filter((account) => account.site.base === site.base)
    return newClientId(privateKey, site.base, new Set(here.map(({ clientId }) => clientId)))
  }

  const newAttempt = (inspected: BegunAt, keys: Keypair, method?: SignInMethod): Attempt => {
    const { site, apiVersion, hasDeviceFlow, account } = inspected
    const methods = methodsOf(hasDeviceFlow, defaultMethod())
    const now = clock.now()
    return {
      id: random.hex(16),
      site,
      apiVersion,
      method: method ?? methods[0] ?? 'paste',
      methods,
      userCode: null,
      payload: null,
      account: account?.id ?? null,
      clientId: account?.clientId ?? clientIdAt(inspected, keys),
      scopes: [...requestedScopes],
      accessDays: null,
      // It came with the device flow, and nothing else indicates it (protocol.md 10).
      canLimitAccess: hasDeviceFlow,
      createdAt: now,
      expiresAt: now + attemptLifetime,
      state: { kind: 'waiting', failure: null },
    }
  }

  const begin: SignIn['begin'] = async (input) => {
    const inspected = await inspect(input)
    if (!inspected.ok) return inspected
    const { site, hasDeviceFlow } = inspected.value
    if (input.method === 'device' && !hasDeviceFlow) return fail('short_code_missing', { host: site.host })
    const keys = await keypair.get()
    if (!keys.ok) return keys
    const begun = newAttempt(inspected.value, keys.value, input.method)
    const { id } = begun
    const nonce = random.hex(16)
    const stored = await vault.change((secrets) => ({ ...secrets, nonces: { ...secrets.nonces, [id]: nonce } }))
    if (!stored.ok) return stored
    const isFirst = model.accounts().every(({ site }) => site.base !== begun.site.base)
    const ready = await prepare(begun, input.method !== undefined, isFirst)
    if (!ready.ok) {
      await stores.dropAttempt(id)
      return ready
    }
    const { expiresAt } = ready.value
    model.putAttempt(ready.value)
    model.save()
    expireLater(id, expiresAt)
    resume()
    return ok({ attempt: id, expiresAt })
  }

  return {
    start: async () => {
      const now = clock.now()
      const secrets = vault.secrets()
      for (const attempt of model.attempts()) {
        const { id, state } = attempt
        // The answer that this program was started for may have been faster.
        if (state.kind === 'done') continue
        // No attempt lasts longer; one that seems to was written while the clock was ahead.
        const expiresAt = Math.min(attempt.expiresAt, now + attemptLifetime)
        if (expiresAt < attempt.expiresAt) model.putAttempt({ ...attempt, expiresAt })
        // A nonce kept only in memory was lost with the last run; a locked keychain may still have it.
        const isLost = secrets !== undefined && secrets.nonces[id] === undefined
        if (completeSignIn.isAnswered(id) || (expiresAt > now && !isLost)) expireLater(id, expiresAt)
        else {
          model.removeAttempt(id)
          await stores.dropAttempt(id)
        }
      }
      resume()
    },
    resume,
    begin: (input) => keypair.hold(() => begin(input)),
    ...createChangeAttempt({
      ...{ model, http, defaultMethod, withGrant, pageOf },
      onChanged: resume,
      forget: stores.dropAttempt,
    }),
    dismiss: ({ attempt: id }) => {
      if (model.attempt(id) === undefined) return Promise.resolve(fail('attempt_unknown'))
      model.removeAttempt(id)
      model.save()
      return stores.dropAttempt(id)
    },
    authorizeUrl: (id) => {
      const attempt = model.attempt(id)
      return attempt === undefined ? undefined : pageOf(attempt)
    },
  }
}

/** The methods a site offers, the best first: a code needs neither a redirect nor a paste, and a paste always works. */
const methodsOf = (hasDeviceFlow: boolean, preferred: SignInMethod): SignInMethod[] => [
  ...new Set<SignInMethod>([...(hasDeviceFlow ? (['device'] as const) : []), preferred, 'paste']),
]
