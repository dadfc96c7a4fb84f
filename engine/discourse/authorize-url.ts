import { atSite } from './address.ts'

/** The only redirect of a desktop app that a site allows by default; it must match to the letter (protocol.md 2.1). */
const authRedirect = 'discourse://auth_redirect'

/** The name in the forum's list of applications. */
export const applicationName = 'Discourse Notifier'

/**
 * The scopes we request: `notifications` for counts, list and marking as read; `session_info` for who the user is and
 * for the counts of forums before 3.3, which have no totals (protocol.md 3).
 */
export const requestedScopes: readonly string[] = ['notifications', 'session_info']

/** The parts of an authorize address. */
export interface AuthorizeRequest {
  readonly base: string
  readonly method: 'redirect' | 'paste'
  readonly clientId: string
  readonly nonce: string
  /** SPKI PEM. */
  readonly publicKey: string
  readonly scopes: readonly string[]
  /** Days until the access expires; null for never. Forums that do not know the parameter ignore it. */
  readonly accessDays: number | null
}

/** The expiry in seconds, as the forum expects it (protocol.md 1.2). */
export const expirySeconds = (days: number): number => days * 86_400

/**
 * The address the user opens to approve (protocol.md 1.2). For `paste`, `auth_redirect` is left out, which makes the
 * forum show the payload. `padding=oaep` is ignored by older forums. It holds the nonce, so it goes to the
 * browser only.
 */
export const authorizeUrl = (request: AuthorizeRequest): string => {
  // URLSearchParams writes the `+` of the PEM as %2B, which the server needs.
  const query = new URLSearchParams({
    application_name: applicationName,
    client_id: request.clientId,
    scopes: request.scopes.join(','),
    nonce: request.nonce,
    public_key: request.publicKey,
    padding: 'oaep',
  })
  if (request.method === 'redirect') query.set('auth_redirect', authRedirect)
  if (request.accessDays !== null) query.set('expires_in_seconds', String(expirySeconds(request.accessDays)))
  return `${atSite(request.base, '/user-api-key/new')}?${query}`
}

/**
 * The page where a logged-in user lets the forum make a one-time password (protocol.md 1.8). The answer comes back as
 * `discourse://auth_redirect?oneTimePassword=…`, encrypted for this public key.
 * @param publicKey SPKI PEM
 */
export const oneTimePageUrl = (base: string, publicKey: string): string => {
  const query = new URLSearchParams({
    application_name: applicationName,
    auth_redirect: authRedirect,
    public_key: publicKey,
    padding: 'oaep',
  })
  return `${atSite(base, '/user-api-key/otp')}?${query}`
}
