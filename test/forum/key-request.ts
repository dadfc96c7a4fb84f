import type { KeyObject } from 'node:crypto'
import type { Client } from './client-store.ts'
import { isPadding, type Padding, parsePublicKey } from './encrypt-payload.ts'
import { hasParam, type Params, textParam } from './params.ts'
import type { KeyRequestCheck } from './profiles.ts'
import { isRedirectAllowed } from './redirect-rules.ts'
import { isKnownScope } from './scopes.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

const REQUIRED = ['nonce', 'scopes', 'client_id'] as const
const REQUIRED_FOR_OTP = ['public_key', 'auth_redirect', 'application_name'] as const
const TRUST_LEVEL_0 = 10
const DAY_SECONDS = 24 * 60 * 60

/** What an application asks for, as it stands in the query of the authorize page (protocol.md 1.2). */
export interface KeyRequest {
  readonly missing: string | undefined
  /** The client as the forum knows it already (protocol.md 1.9). */
  readonly client: Client | undefined
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

/** A registered client's own key wins over the one sent; its name only fills in for a missing one. */
export function readKeyRequest(params: Params, site: Site): KeyRequest {
  const client = site.clients.find(textParam(params, 'client_id') ?? '')
  const missing = [
    ...REQUIRED,
    ...(client?.publicKeyPem == null ? ['public_key'] : []),
    ...(client === undefined ? ['application_name'] : []),
  ].find((name) => isBlank(params, name))
  site.secrets.note('nonce', textParam(params, 'nonce') ?? '')
  return { ...commonParts(params, client), missing, scopes: (textParam(params, 'scopes') ?? '').split(',') }
}

/** A request for a one-time password alone: the client is known by its public key (protocol.md 1.8). */
export function readOtpRequest(params: Params, site: Site): KeyRequest {
  const client = site.clients.findByPublicKey(textParam(params, 'public_key') ?? '')
  const missing = REQUIRED_FOR_OTP.find((name) => isBlank(params, name))
  return { ...commonParts(params, client), missing, scopes: ['one_time_password'] }
}

function commonParts(params: Params, client: Client | undefined): Omit<KeyRequest, 'missing' | 'scopes'> {
  const pem = client?.publicKeyPem ?? textParam(params, 'public_key') ?? ''
  const name = textParam(params, 'application_name') ?? ''
  return {
    client,
    applicationName: name === '' ? (client?.applicationName ?? '') : name,
    clientId: textParam(params, 'client_id') ?? '',
    nonce: textParam(params, 'nonce') ?? '',
    publicKeyPem: pem,
    publicKey: parsePublicKey(pem),
    authRedirect: hasParam(params, 'auth_redirect') ? (textParam(params, 'auth_redirect') ?? '') : undefined,
    pushUrl: textParam(params, 'push_url'),
    padding: textParam(params, 'padding'),
    expiresInSeconds: textParam(params, 'expires_in_seconds'),
  }
}

function isBlank(params: Params, name: string): boolean {
  return (textParam(params, name) ?? '').trim() === ''
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
    scopes: () => request.scopes.every((scope) => mayAskFor(scope, request, site)),
    key: () => request.publicKey !== null,
    redirect: () => request.authRedirect === undefined || mayRedirectTo(request.authRedirect, request, site),
    padding: () => request.padding === undefined || isPadding(request.padding),
    expiry: () => request.expiresInSeconds === undefined || expirySeconds(request, site) !== null,
    group: () => user !== null && mayHaveKeys(user, site),
  }
  return checks.find((check) => !passes[check]()) ?? null
}

function mayAskFor(scope: string, { client }: KeyRequest, site: Site): boolean {
  const byClient = client?.scopes?.includes(scope) ?? true
  return byClient && isKnownScope(scope) && site.settings.allowedScopes.includes(scope)
}

/** A registered client keeps to its own redirect, which the newest version wants on the list too (protocol.md 1.9). */
function mayRedirectTo(redirect: string, { client }: KeyRequest, site: Site): boolean {
  const listed = isRedirectAllowed(redirect, site.settings.allowedRedirects, site.profile.redirectMatching)
  const registered = client?.authRedirect ?? null
  if (registered === null) return listed
  return site.profile.registeredClients === 'listed-redirect'
    ? listed && redirect === registered
    : listed || redirect === registered
}

/** Staff always pass (protocol.md 1.2). */
export function mayHaveKeys(user: User, site: Site): boolean {
  if (user.staff) return true
  const { minTrustLevel, allowedGroups } = site.settings
  if (user.trustLevel < minTrustLevel) return false
  return site.profile.keyPermission === 'trust-level' || groupsOf(user).some((id) => allowedGroups.includes(id))
}

/** Each trust level is a group that holds the members of all higher ones as well. */
function groupsOf({ trustLevel, groups }: User): readonly number[] {
  return [...Array.from({ length: trustLevel + 1 }, (_, level) => TRUST_LEVEL_0 + level), ...groups]
}

/** The requested life of the key: at most ten digits, more than 0, at most the site's maximum (protocol.md 1.2). */
export function expirySeconds({ expiresInSeconds }: KeyRequest, site: Site): number | null {
  if (!site.profile.knowsKeyExpiry || expiresInSeconds === undefined || !/^\d{1,10}$/.test(expiresInSeconds)) {
    return null
  }
  const seconds = Number(expiresInSeconds)
  return seconds > 0 && seconds <= site.settings.maxKeyExpiryDays * DAY_SECONDS ? seconds : null
}

/** PKCS#1 unless the profile knows the parameter and it says otherwise; older versions ignore it (protocol.md 8). */
export function effectivePadding({ padding }: KeyRequest, site: Site): Padding {
  return site.profile.knowsPadding && !site.settings.ignoresPadding && padding === 'oaep' ? 'oaep' : 'pkcs1'
}
