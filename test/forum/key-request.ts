import type { KeyObject } from 'node:crypto'
import { isPadding, type Padding, parsePublicKey } from './encrypt-payload.ts'
import { hasParam, type Params, textParam } from './params.ts'
import type { KeyRequestCheck } from './profiles.ts'
import { isRedirectAllowed } from './redirect-rules.ts'
import { isKnownScope } from './scopes.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

const REQUIRED = ['public_key', 'nonce', 'scopes', 'client_id', 'application_name'] as const
const DAY_SECONDS = 24 * 60 * 60

/** What an application asks for, as it stands in the query of the authorize page (protocol 1.2). */
export interface KeyRequest {
  readonly missing: string | undefined
  readonly applicationName: string
  readonly clientId: string
  readonly nonce: string
  readonly publicKeyPem: string
  readonly publicKey: KeyObject | null
  readonly scopes: readonly string[]
  /** Present but empty is not absent: it is validated and refused. */
  readonly authRedirect: string | undefined
  readonly pushUrl: string | undefined
  readonly padding: string | undefined
  readonly expiresInSeconds: string | undefined
}

export function readKeyRequest(params: Params): KeyRequest {
  const pem = textParam(params, 'public_key') ?? ''
  return {
    missing: REQUIRED.find((name) => (textParam(params, name) ?? '').trim() === ''),
    applicationName: textParam(params, 'application_name') ?? '',
    clientId: textParam(params, 'client_id') ?? '',
    nonce: textParam(params, 'nonce') ?? '',
    publicKeyPem: pem,
    publicKey: parsePublicKey(pem),
    scopes: (textParam(params, 'scopes') ?? '').split(','),
    authRedirect: hasParam(params, 'auth_redirect') ? (textParam(params, 'auth_redirect') ?? '') : undefined,
    pushUrl: textParam(params, 'push_url'),
    padding: textParam(params, 'padding'),
    expiresInSeconds: textParam(params, 'expires_in_seconds'),
  }
}

/** The first of `checks` that the request fails, or `null`. `user` is needed by the check of the group only. */
export function failedCheck(
  request: KeyRequest,
  checks: readonly KeyRequestCheck[],
  site: Site,
  user: User | null,
): KeyRequestCheck | null {
  const passes: Readonly<Record<KeyRequestCheck, () => boolean>> = {
    params: () => request.missing === undefined,
    scopes: () => request.scopes.every((scope) => isKnownScope(scope) && site.settings.allowedScopes.includes(scope)),
    key: () => request.publicKey !== null,
    redirect: () =>
      request.authRedirect === undefined ||
      isRedirectAllowed(request.authRedirect, site.settings.allowedRedirects, site.profile.redirectMatching),
    padding: () => request.padding === undefined || isPadding(request.padding),
    expiry: () => request.expiresInSeconds === undefined || expirySeconds(request, site) !== null,
    group: () => user !== null && mayHaveKeys(user, site),
  }
  return checks.find((check) => !passes[check]()) ?? null
}

/** Staff always pass (protocol 1.2). */
export function mayHaveKeys(user: User, site: Site): boolean {
  return user.staff || user.trustLevel >= site.settings.minTrustLevel
}

/** The requested life of the key: at most ten digits, more than 0, at most the site's maximum (protocol 1.2). */
export function expirySeconds({ expiresInSeconds }: KeyRequest, site: Site): number | null {
  if (!site.profile.knowsKeyExpiry || expiresInSeconds === undefined || !/^\d{1,10}$/.test(expiresInSeconds)) {
    return null
  }
  const seconds = Number(expiresInSeconds)
  return seconds > 0 && seconds <= site.settings.maxKeyExpiryDays * DAY_SECONDS ? seconds : null
}

/** PKCS#1 unless the profile knows the parameter and it says otherwise; older versions ignore it (protocol 8). */
export function effectivePadding({ padding }: KeyRequest, site: Site): Padding {
  return site.profile.knowsPadding && padding === 'oaep' ? 'oaep' : 'pkcs1'
}
