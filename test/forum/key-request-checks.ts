import { isPadding, type Padding } from './encrypt-payload.ts'
import type { KeyRequest } from './key-request.ts'
import type { KeyRequestCheck } from './profiles.ts'
import { isRedirectAllowed } from './redirect-rules.ts'
import { isKnownScope } from './scopes.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

const TRUST_LEVEL_0 = 10
const DAY_SECONDS = 24 * 60 * 60

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
