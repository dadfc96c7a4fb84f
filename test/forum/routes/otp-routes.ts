import { encryptPayload } from '../encrypt-payload.ts'
import { type ForumContext, memberOf, pageOf, theMember, wantsJson } from '../forum-context.ts'
import { readOtpRequest } from '../key-request.ts'
import { effectivePadding, failedCheck } from '../key-request-checks.ts'
import { messagePage } from '../pages/layout.ts'
import { otpConfirmPage, otpPage } from '../pages/otp-pages.ts'
import type { KeyRequestCheck } from '../profiles.ts'
import { cgiEscape } from '../redirect-url.ts'
import { refuse, refuseMissing, refuseWith, SimulatedCrash } from '../refusal.ts'
import { logInAs, type Route, redirectToLogin } from '../routing.ts'
import { makeOneTimePassword } from '../site.ts'
import type { User } from '../user-store.ts'

/** One-time passwords: asking for one in the browser, and logging in with it (protocol.md 1.8). */
export const otpRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/user-api-key/otp',
    action: 'user_api_keys#otp',
    access: 'open',
    handle: showOtp,
    noStore: true,
  },
  {
    method: 'POST',
    path: '/user-api-key/otp',
    action: 'user_api_keys#create_otp',
    access: 'member',
    handle: createOtp,
    noStore: true,
  },
  {
    method: 'GET',
    path: '/session/otp/:token{[0-9a-f]+}',
    action: 'session#one_time_password',
    access: 'open',
    handle: showConfirm,
  },
  {
    method: 'POST',
    path: '/session/otp/:token{[0-9a-f]+}',
    action: 'session#one_time_password',
    access: 'open',
    handle: logInOnce,
  },
]

function showOtp(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  if (wantsJson(c) && !site.profile.servesPageModel) return refuse(c, 'not_found')
  const request = readOtpRequest(c.get('params'), site)
  const failed = failedCheck(request, site.profile.otpPageChecks, site, null)
  if (failed !== null) return refuseCheck(c, failed, request.missing)
  if (memberOf(viewer) === null) return redirectToLogin(c)
  const model = {
    application_name: request.applicationName,
    public_key: request.publicKeyPem,
    auth_redirect: request.authRedirect,
    ...(request.padding === undefined ? {} : { padding: request.padding }),
  }
  return wantsJson(c) ? c.json(model) : c.html(otpPage(pageOf(c), model))
}

function createOtp(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const user = theMember(c)
  const request = readOtpRequest(c.get('params'), site)
  const failed = failedCheck(request, site.profile.otpCreateChecks, site, user)
  if (failed !== null) return refuseCheck(c, failed, request.missing)
  if (request.publicKey === null) throw new SimulatedCrash('OpenSSL::PKey::RSAError')

  const otp = makeOneTimePassword(site, user)
  const encrypted = encryptPayload(request.publicKey, effectivePadding(request, site), otp)
  // Plain concatenation: a redirect with a query gets a second question mark (protocol.md 1.8).
  const target = `${request.authRedirect}?oneTimePassword=${cgiEscape(encrypted)}`
  return wantsJson(c) && site.profile.servesPageModel
    ? c.json({ redirect_url: target })
    : c.body(null, 302, { Location: target })
}

function refuseCheck(
  c: ForumContext,
  failed: KeyRequestCheck,
  missing: string | undefined,
): Response | Promise<Response> {
  switch (failed) {
    case 'params':
      return refuseMissing(c, missing ?? '')
    case 'key':
      if (c.get('site').profile.onBadPublicKey === 'crash') throw new SimulatedCrash('OpenSSL::PKey::RSAError')
      return refuseWith(c, 'public_key is not an RSA public key in PEM')
    case 'padding':
      return refuseWith(c, 'padding is neither pkcs1 nor oaep')
    default:
      return refuse(c, 'invalid_access')
  }
}

function showConfirm(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const token = c.req.param('token') ?? ''
  const owner = ownerOf(c, site.oneTimePasswords.ownerOf(token, site.now()))
  if (owner === undefined) return invalidToken(c)
  if (memberOf(viewer)?.id === owner.id) return c.redirect(`${site.path}/`, 302)
  return c.html(otpConfirmPage(pageOf(c), token, owner.username))
}

function logInOnce(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const owner = ownerOf(c, site.oneTimePasswords.redeem(c.req.param('token') ?? '', site.now()))
  if (owner === undefined) return invalidToken(c)
  logInAs(c, owner)
  return c.redirect(`${site.path}/`, 302)
}

function ownerOf(c: ForumContext, userId: number | null): User | undefined {
  const user = userId === null ? undefined : c.get('site').users.byId(userId)
  return user === undefined || user.suspended ? undefined : user
}

function invalidToken(c: ForumContext): Response | Promise<Response> {
  return c.html(messagePage(pageOf(c), 'Log in', 'Missing, invalid or expired token.'))
}
