import { parsePublicKey } from './encrypt-payload.ts'
import type { ForumContext } from './forum-context.ts'
import { textParam } from './params.ts'
import { isRedirectAllowed } from './redirect-rules.ts'

/**
 * A stranger opens a page with `user_api_public_key` and `auth_redirect`: the application is sent to fetch a one-time
 * password first (protocol.md 1.8). `null` when this is not such a visit, or the scope is not allowed.
 */
export function otpHop(c: ForumContext): Response | null {
  const { settings, profile } = c.get('site')
  const pem = textParam(c.get('params'), 'user_api_public_key')
  const redirect = textParam(c.get('params'), 'auth_redirect')
  if (pem === undefined || redirect === undefined) return null
  if (parsePublicKey(pem) === null) return c.text('The public key is not valid.')
  if (!isRedirectAllowed(redirect, settings.allowedRedirects, profile.redirectMatching)) {
    return c.text('The redirect is not allowed.')
  }
  return settings.allowedScopes.includes('one_time_password') ? c.redirect(`${redirect}?otp=true`, 302) : null
}
