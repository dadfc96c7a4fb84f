import { encryptPayload } from '../encrypt-payload.ts'
import { type ForumContext, memberOf, pageOf, theMember, wantsJson } from '../forum-context.ts'
import { encryptedPayload, endOf, iso8601, planGrant, storeKey, tooLargeSentence } from '../key-grant.ts'
import { type KeyGrantPlan, type KeyRequest, readKeyRequest } from '../key-request.ts'
import { expirySeconds, failedCheck, mayHaveKeys } from '../key-request-checks.ts'
import { authorizePage } from '../pages/authorize-page.ts'
import { messagePage } from '../pages/layout.ts'
import { pasteInstructions, pastePage } from '../pages/paste-page.ts'
import { redirectHost } from '../redirect-rules.ts'
import { redirectWithPayload } from '../redirect-url.ts'
import { refuse, refuseMissing, refuseWith, SimulatedCrash } from '../refusal.ts'
import { type Route, redirectToLogin } from '../routing.ts'
import { scopeInWords } from '../scopes.ts'
import { hasDeviceFlow, makeOneTimePassword, type Site } from '../site.ts'
import { userIdentity } from '../user-json.ts'
import type { User } from '../user-store.ts'

/** Asking for a key and granting it (protocol.md 1.1 to 1.5). */
export const keyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/user-api-key/new',
    action: 'user_api_keys#new',
    access: 'open',
    handle: showAuthorize,
    head: probe,
    noStore: true,
  },
  {
    method: 'POST',
    path: '/user-api-key',
    action: 'user_api_keys#create',
    access: 'member',
    handle: createKey,
    noStore: true,
  },
]

/** Protocol 1.1: answers before any check. */
function probe(c: ForumContext): Response {
  const site = c.get('site')
  c.header('Auth-Api-Version', site.profile.authApiVersion)
  if (hasDeviceFlow(site)) c.header('Auth-Api-Device-Code', 'true')
  return c.body(null, 200, { 'Content-Type': wantsJson(c) ? 'application/json' : 'text/html' })
}

function showAuthorize(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const request = readKeyRequest(c.get('params'), site)
  const failed = failedCheck(request, site.profile.pageChecks, site, null)
  if (failed === 'params') return refuseMissing(c, request.missing ?? '')
  if (failed === 'padding') return refuseWith(c, 'padding is neither pkcs1 nor oaep')
  if (failed === 'key' && site.profile.onBadPublicKey === 'crash') throw new SimulatedCrash('OpenSSL::PKey::RSAError')
  if (failed !== null) {
    return show(c, { state: 'generic_error' }, () =>
      messagePage(
        pageOf(c),
        'Authorize application access',
        'We cannot issue a user API key. The administrator of the site may have switched this feature off.',
      ),
    )
  }
  const user = memberOf(viewer)
  if (user === null) return redirectToLogin(c)
  if (!mayHaveKeys(user, site)) {
    return show(c, { state: 'no_trust_level', ...namesOf(site, request, user) }, () =>
      messagePage(
        pageOf(c),
        'Authorize application access',
        'You do not have the trust level this site requires for user API keys.',
      ),
    )
  }
  return show(c, readyModel(site, request, user), () => authorizePage(pageOf(c), request, user, endOf(site, request)))
}

function show(
  c: ForumContext,
  model: Record<string, unknown>,
  page: () => ReturnType<typeof messagePage>,
): Response | Promise<Response> {
  if (!wantsJson(c)) return c.html(page())
  // Versions that have a page only do not know what to do with the wish for JSON (protocol.md 14.10).
  return c.get('site').profile.servesPageModel ? c.json(model) : c.body(null, 406)
}

function namesOf(site: Site, request: KeyRequest, user: User): Record<string, unknown> {
  return { application_name: request.applicationName, current_user: userIdentity(site, user) }
}

/** The page model of the newest version (protocol.md 1.2; fields by 11, no. 4 to 12). */
function readyModel(site: Site, request: KeyRequest, user: User): Record<string, unknown> {
  const end = endOf(site, request)
  return {
    state: 'ready',
    ...namesOf(site, request, user),
    client_id: request.clientId,
    nonce: request.nonce,
    public_key: request.publicKeyPem,
    scopes: request.scopes.join(','),
    localized_scopes: request.scopes.map(scopeInWords),
    write_scope: request.scopes.includes('write'),
    redirect_uri: request.authRedirect === undefined ? null : redirectHost(request.authRedirect),
    expires_at: end === null ? null : iso8601(end),
    expires_in_seconds: expirySeconds(request, site),
    ...(request.authRedirect === undefined ? {} : { auth_redirect: request.authRedirect }),
    ...(request.pushUrl === undefined ? {} : { push_url: request.pushUrl }),
    ...(request.padding === undefined ? {} : { padding: request.padding }),
  }
}

function createKey(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const user = theMember(c)
  const request = readKeyRequest(c.get('params'), site)
  const failed = failedCheck(request, site.profile.createChecks, site, user)
  switch (failed) {
    case 'params':
      return refuseMissing(c, request.missing ?? '')
    case 'scopes':
    case 'redirect':
    case 'group':
      return refuse(c, 'invalid_access')
    case 'padding':
      return refuseWith(c, 'padding is neither pkcs1 nor oaep')
    case 'expiry':
      return refuseWith(c, 'expires_in_seconds is not acceptable here')
    case 'key':
    case null:
      break
  }
  const { publicKey } = request
  if (publicKey === null) {
    if (site.profile.onBadPublicKey === 'crash') throw new SimulatedCrash('OpenSSL::PKey::RSAError')
    return refuseWith(c, 'public_key is not an RSA public key in PEM')
  }
  const plan = planGrant(site, request, publicKey)
  if (plan.tooLarge && site.profile.onOversizedPayload === 'refuse') return refuseWith(c, tooLargeSentence(plan))

  const key = storeKey(site, request, user, plan)
  // Older versions only find out now: the key is there and nobody will ever know it.
  if (plan.tooLarge) throw new SimulatedCrash('OpenSSL::PKey::PKeyError')
  return grant(c, request, user, encryptedPayload(site, request, key, plan), plan)
}

function grant(
  c: ForumContext,
  request: KeyRequest,
  user: User,
  payload: string,
  { publicKey, padding }: KeyGrantPlan,
): Response | Promise<Response> {
  const site = c.get('site')
  if (request.authRedirect !== undefined) {
    // Encrypted on its own, for together they would not fit the key (protocol.md 1.8).
    const otp = request.scopes.includes('one_time_password')
      ? encryptPayload(publicKey, padding, makeOneTimePassword(site, user))
      : undefined
    const target = redirectWithPayload(request.authRedirect, payload, otp)
    return wantsJson(c) && site.profile.servesPageModel
      ? c.json({ redirect_url: target })
      : c.body(null, 302, { Location: target, 'Content-Type': 'text/html; charset=utf-8' })
  }
  return wantsJson(c)
    ? c.json({ payload, instructions: pasteInstructions(request.applicationName) })
    : c.html(pastePage(pageOf(c), request.applicationName, payload))
}
