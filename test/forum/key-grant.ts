import type { KeyObject } from 'node:crypto'
import { encryptPayload, fits } from './encrypt-payload.ts'
import type { KeyGrantPlan, KeyRequest } from './key-request.ts'
import { effectivePadding, expirySeconds } from './key-request-checks.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

export function planGrant(site: Site, request: KeyRequest, publicKey: KeyObject): KeyGrantPlan {
  const plan = {
    publicKey,
    padding: effectivePadding(request, site),
    expiresAt: endOf(site, request),
    push: pushes(site, request),
  }
  const size = Buffer.byteLength(payloadText(site, request, '0'.repeat(32), plan))
  return { ...plan, tooLarge: !fits(publicKey, plan.padding, size) }
}

/** When a key granted now will end, in milliseconds since the epoch; `null` is never. */
export function endOf(site: Site, request: KeyRequest): number | null {
  const seconds = expirySeconds(request, site)
  return seconds === null ? null : site.now() + seconds * 1000
}

/** The sentence of protocol.md 1.3. */
export function tooLargeSentence({ padding }: KeyGrantPlan): string {
  return `Payload too large for ${padding === 'oaep' ? 'OAEP' : 'PKCS#1'}`
}

/**
 * Stores the key and gives its clear text.
 * @throws ClientIdTakenError where client ids are unique over the site and another member's key has this one.
 */
export function storeKey(site: Site, request: KeyRequest, user: User, plan: KeyGrantPlan): string {
  if (site.profile.clientIds === 'client-table') {
    site.clients.rename(request.clientId, request.applicationName, site.now())
  }
  const { clear } = site.keys.create({
    userId: user.id,
    clientId: request.clientId,
    applicationName: request.applicationName,
    scopes: request.scopes,
    pushUrl: request.pushUrl ?? null,
    createdAt: site.now(),
    expiresAt: plan.expiresAt,
  })
  site.secrets.note('key', clear)
  return clear
}

export function encryptedPayload(site: Site, request: KeyRequest, key: string, plan: KeyGrantPlan): string {
  return encryptPayload(plan.publicKey, plan.padding, payloadText(site, request, key, plan))
}

/** ISO 8601 as Ruby writes it, without milliseconds. */
export function iso8601(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** The JSON that is encrypted, in Discourse's order of fields (protocol.md 1.5). */
function payloadText(
  site: Site,
  request: KeyRequest,
  key: string,
  { push, expiresAt }: Pick<KeyGrantPlan, 'push' | 'expiresAt'>,
): string {
  return JSON.stringify({
    key,
    nonce: request.nonce,
    push,
    api: Number(site.profile.authApiVersion),
    ...(expiresAt === null ? {} : { expires_at: iso8601(expiresAt) }),
  })
}

/** A push address that is not allowed is no error; the payload just says `push: false` (protocol.md 1.5). */
function pushes(site: Site, { scopes, pushUrl }: KeyRequest): boolean {
  const wanted = scopes.includes('push') || scopes.includes('notifications')
  return wanted && pushUrl !== undefined && site.settings.allowedPushUrls.includes(pushUrl)
}
