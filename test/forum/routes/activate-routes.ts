import { type DeviceRequest, isRequestToken, normalizeUserCode } from '../device-requests.ts'
import { addressOf, type ForumContext, memberOf, pageOf, theMember, wantsJson } from '../forum-context.ts'
import { encryptedPayload, iso8601, storeKey } from '../key-grant.ts'
import { mayHaveKeys } from '../key-request-checks.ts'
import { type Activation, activatePage } from '../pages/activate-page.ts'
import { textParam } from '../params.ts'
import type { LimitHit } from '../rate-limits.ts'
import { refuse, refuseLimited, refuseMissing } from '../refusal.ts'
import { type Route, redirectToLogin } from '../routing.ts'
import { scopeInWords } from '../scopes.ts'
import { hasDeviceFlow } from '../site.ts'
import { avatarTemplate } from '../user-json.ts'

const PATH = '/user-api-key/activate'
const INVALID: Activation = { state: 'enter_code', mistake: 'invalid_code' }
const EXPIRED: Activation = { state: 'enter_code', mistake: 'expired_code' }

/** What the member does in the browser: type the code, look at who asks, decide (protocol.md 1.10). */
export const activateRoutes: readonly Route[] = [
  { ...inBrowser('activate'), method: 'GET', path: PATH, access: 'open', handle: open },
  { ...inBrowser('activate'), method: 'POST', path: PATH, access: 'open', handle: enterCode },
  {
    ...inBrowser('authorize_device_request'),
    method: 'POST',
    path: '/user-api-key/device/authorize',
    access: 'member',
    handle: authorize,
  },
  {
    ...inBrowser('deny_device_request'),
    method: 'POST',
    path: '/user-api-key/device/deny',
    access: 'member',
    handle: deny,
  },
]

function inBrowser(action: string): Pick<Route, 'action' | 'noStore' | 'exists'> {
  return { action: `user_api_keys#${action}`, noStore: true, exists: hasDeviceFlow }
}

function open(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const token = textParam(c.get('params'), 'request') ?? ''
  if (memberOf(viewer) === null) return logInFirst(c)
  // A code in the address could be somebody else's bait (protocol.md 1.10).
  if ((textParam(c.get('params'), 'code') ?? '') !== '') return c.redirect(`${site.path}${PATH}`, 302)
  if (token === '') return show(c, { state: 'enter_code', mistake: null })

  const hit = chargeLookup(c, token)
  if (hit !== null) return refuseLimited(c, hit)
  const device = openToMember(c, site.deviceRequests.byRequestToken(token, site.now()))
  return show(c, device === undefined ? EXPIRED : authorization(c, device, { requestToken: token }))
}

function enterCode(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const user = memberOf(viewer)
  if (user === null) return logInFirst(c)
  const hit = chargeAttempt(c)
  if (hit !== null) return refuseLimited(c, hit)

  const found = site.deviceRequests.byUserCode(textParam(c.get('params'), 'code') ?? '', site.now())
  if (found === undefined) return show(c, INVALID)
  const device = openToMember(c, found)
  if (device === undefined) return show(c, EXPIRED)
  // Whoever may not decide leaves the code to somebody who may (protocol.md 11, no. 56).
  if (!mayHaveKeys(user, site)) return show(c, authorization(c, device, {}))
  return show(c, authorization(c, device, { approvalToken: site.deviceRequests.bind(device.deviceCode, user.id) }))
}

/** With the approval token that followed the code, or with the request token and the code together. */
function authorize(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const user = theMember(c)
  const params = c.get('params')
  if (!mayHaveKeys(user, site)) return refuse(c, 'invalid_access')
  const requestToken = textParam(params, 'request') ?? ''
  const approvalToken = textParam(params, 'approval_token') ?? ''
  if (requestToken === '' && approvalToken === '') return refuseMissing(c, 'approval_token')

  const hit = requestToken === '' ? null : (chargeLookup(c, requestToken) ?? chargeAttempt(c))
  if (hit !== null) return refuseLimited(c, hit)
  const { deviceRequests } = site
  const device =
    requestToken === ''
      ? openToMember(c, deviceRequests.byApprovalToken(approvalToken, site.now()))
      : openToMember(c, deviceRequests.byRequestToken(requestToken, site.now()))
  if (device === undefined) return show(c, EXPIRED)
  if (
    requestToken !== '' &&
    normalizeUserCode(textParam(params, 'code') ?? '') !== normalizeUserCode(device.userCode)
  ) {
    return show(c, authorization(c, device, { requestToken, invalidCode: true }))
  }
  const key = storeKey(site, device.request, user, device.plan)
  const payload = encryptedPayload(site, device.request, key, device.plan)
  deviceRequests.authorize(device.deviceCode, payload, site.now())
  return show(c, { state: 'complete', denied: false })
}

/** Only with an approval token: an address alone refuses nothing (protocol.md 11, no. 62). */
function deny(c: ForumContext): Response | Promise<Response> {
  const { deviceRequests, now } = c.get('site')
  const approvalToken = textParam(c.get('params'), 'approval_token') ?? ''
  if ((textParam(c.get('params'), 'request') ?? '') !== '') return show(c, EXPIRED)
  if (approvalToken === '') return refuseMissing(c, 'approval_token')
  const device = openToMember(c, deviceRequests.byApprovalToken(approvalToken, now()))
  if (device === undefined) return show(c, EXPIRED)
  deviceRequests.deny(device.deviceCode)
  return show(c, { state: 'complete', denied: true })
}

/** A request bound to another member does not exist for this one. */
function openToMember(c: ForumContext, device: DeviceRequest | undefined): DeviceRequest | undefined {
  const { id } = theMember(c)
  return device === undefined || device.userId === null || device.userId === id ? device : undefined
}

/** Only a request token survives the login, never a code (protocol.md 11, no. 47 and 48). */
function logInFirst(c: ForumContext): Response {
  const { path } = c.get('site')
  const token = textParam(c.get('params'), 'request') ?? ''
  return redirectToLogin(c, `${path}${PATH}${isRequestToken(token) ? `?request=${token}` : ''}`)
}

function chargeLookup(c: ForumContext, token: string): LimitHit | null {
  const { deviceLimits, now } = c.get('site')
  return deviceLimits.lookup(addressOf(c), theMember(c).id, isRequestToken(token) ? token : 'invalid', now())
}

function chargeAttempt(c: ForumContext): LimitHit | null {
  const { deviceLimits, now } = c.get('site')
  const code = normalizeUserCode(textParam(c.get('params'), 'code') ?? '') ?? 'invalid'
  return deviceLimits.attempt(addressOf(c), theMember(c).id, code, now())
}

interface Proof {
  readonly requestToken?: string
  readonly approvalToken?: string
  readonly invalidCode?: boolean
}

function authorization(c: ForumContext, device: DeviceRequest, proof: Proof): Activation {
  const site = c.get('site')
  const user = theMember(c)
  return {
    state: 'authorize',
    requestToken: proof.requestToken ?? null,
    approvalToken: proof.approvalToken ?? null,
    noTrustLevel: !mayHaveKeys(user, site),
    invalidCode: proof.invalidCode ?? false,
    device,
    user,
  }
}

function show(c: ForumContext, activation: Activation): Response | Promise<Response> {
  return wantsJson(c) ? c.json(modelOf(c, activation)) : c.html(activatePage(pageOf(c), activation))
}

function modelOf(c: ForumContext, activation: Activation): Record<string, unknown> {
  switch (activation.state) {
    case 'enter_code':
      return { state: 'enter_code', ...(activation.mistake === null ? {} : { [activation.mistake]: true }) }
    case 'complete':
      return { state: 'complete', denied: activation.denied }
    case 'authorize': {
      const { request, plan, unregisteredClient } = activation.device
      const { username } = activation.user
      return {
        state: 'authorize',
        request_token: activation.requestToken,
        approval_token: activation.approvalToken,
        no_trust_level: activation.noTrustLevel,
        invalid_code: activation.invalidCode,
        device_auth: {
          application_name: request.applicationName,
          localized_scopes: request.scopes.map(scopeInWords),
          write_scope: request.scopes.includes('write'),
          unregistered_client: unregisteredClient,
          expires_at: plan.expiresAt === null ? null : iso8601(plan.expiresAt),
        },
        current_user: { username, avatar_template: avatarTemplate(c.get('site'), username) },
      }
    }
  }
}
