import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Attempt } from '../account.ts'
import { authorizeUrl } from '../discourse/authorize-url.ts'
import { requestDeviceGrant } from '../discourse/device-flow.ts'
import type { Http } from '../discourse/http.ts'
import { isRefusedBeforehand } from '../discourse/preflight.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'

/** Gets from the forum what a sign-in attempt needs for its method. */
export interface AttemptPreparation {
  /**
   * Adds a code from the forum to the attempt; its secret half goes into the vault (protocol.md 1.10).
   * Failures: those of the vault, those of the forum's answer.
   */
  withGrant(attempt: Attempt): Promise<Result<Attempt>>
  /** The page where the user approves an attempt; undefined unless it is waiting. Holds the nonce: for a browser only. */
  pageOf(attempt: Attempt): string | undefined
  /**
   * Adds everything that the attempt's method needs, unless the forum says beforehand that it will refuse.
   * @param isMethodChosen whether the user insists on the method; otherwise another replaces it if it fails
   * @param isFirst whether no account is on this forum yet; otherwise the forum has let this app in before
   * Failures: `site_refuses_apps`, those of `withGrant`.
   */
  prepare(begun: Attempt, isMethodChosen: boolean, isFirst: boolean): Promise<Result<Attempt>>
}

export interface AttemptPreparationOptions {
  readonly vault: Vault
  readonly http: Http
  readonly clock: Clock
  readonly defaultMethod: () => 'redirect' | 'paste'
}

export const createAttemptPreparation = (options: AttemptPreparationOptions): AttemptPreparation => {
  const { vault, http, clock, defaultMethod } = options

  const withGrant: AttemptPreparation['withGrant'] = async (attempt) => {
    const { id, site, clientId, scopes, accessDays, expiresAt } = attempt
    const secrets = vault.secrets()
    const nonce = secrets?.nonces[id]
    const publicKey = secrets?.keypair?.publicKey
    if (nonce === undefined || publicKey === undefined) return fail('keychain_locked')
    const request = { base: site.base, clientId, nonce, publicKey, scopes, accessDays }
    const granted = await requestDeviceGrant(http, request)
    if (!granted.ok) return granted
    const { deviceCode, userCode, page, lifetime, interval } = granted.value
    const grant = { deviceCode, page, interval }
    const stored = await vault.change((now) => ({ ...now, grants: { ...now.grants, [id]: grant } }))
    if (!stored.ok) return stored
    return ok({ ...attempt, userCode, expiresAt: Math.min(expiresAt, clock.now() + lifetime) })
  }

  const pageOf: AttemptPreparation['pageOf'] = ({ id, state, method, clientId, scopes, accessDays, site }) => {
    const secrets = vault.secrets()
    if (state.kind !== 'waiting' || secrets === undefined) return undefined
    if (method === 'device') return secrets.grants[id]?.page
    const nonce = secrets.nonces[id]
    const publicKey = secrets.keypair?.publicKey
    if (nonce === undefined || publicKey === undefined) return undefined
    return authorizeUrl({ base: site.base, method, clientId, nonce, publicKey, scopes, accessDays })
  }

  const isRefused = async (attempt: Attempt): Promise<boolean> => {
    const page = pageOf(attempt)
    return page !== undefined && (await isRefusedBeforehand(http, page))
  }

  const prepare: AttemptPreparation['prepare'] = async (begun, isMethodChosen, isFirst) => {
    const isNewForum = begun.methods.includes('device')
    const granted = begun.method === 'device' ? await withGrant(begun) : ok(begun)
    if (!granted.ok && (isMethodChosen || granted.failure.code === 'site_refuses_apps')) return granted
    // A forum that advertises codes and issues none still has the other methods.
    const methods = begun.methods.filter((method) => method !== 'device')
    const attempt = granted.ok ? granted.value : { ...begun, method: defaultMethod(), methods }
    if (attempt.method === 'device' || !(isNewForum || isFirst) || !(await isRefused(attempt))) return ok(attempt)
    // Its administrator may only forbid the redirect, which a code to paste does not need.
    const pasted: Attempt = { ...attempt, method: 'paste', methods: methods.filter((method) => method !== 'redirect') }
    const canPaste = attempt.method === 'redirect' && !isMethodChosen && !(await isRefused(pasted))
    return canPaste ? ok(pasted) : fail('site_refuses_apps', { host: attempt.site.host })
  }

  return { withGrant, pageOf, prepare }
}
