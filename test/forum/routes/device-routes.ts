import { DEVICE_POLL_INTERVAL, DEVICE_REQUEST_LIFE } from '../device-requests.ts'
import { keyBits } from '../encrypt-payload.ts'
import { addressOf, type ForumContext, wantsJson } from '../forum-context.ts'
import { planGrant, tooLargeSentence } from '../key-grant.ts'
import { type KeyRequest, readKeyRequest } from '../key-request.ts'
import { failedCheck } from '../key-request-checks.ts'
import { textParam } from '../params.ts'
import { refuse, refuseLimited, refuseMissing, refuseWith } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { hasDeviceFlow } from '../site.ts'

const MIN_BITS = 2048
const MAX_BITS = 8192
const MAX_SCOPES = 20
const MAX_GRANT = 10_000
/** Bytes, protocol.md 1.10. */
const MAX_BYTES: readonly (readonly [name: string, bytes: number])[] = [
  ['client_id', 200],
  ['application_name', 200],
  ['nonce', 256],
  ['public_key', 4096],
  ['push_url', 2000],
  ['scopes', 500],
]

/** What the device itself asks: for a code, and whether somebody has let it in (protocol.md 1.10). */
export const deviceRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/user-api-key/device',
    isForPrograms: true,
    action: 'user_api_keys#create_device_request',
    access: 'open',
    handle: createRequest,
    noStore: true,
    exists: hasDeviceFlow,
  },
  {
    method: 'POST',
    path: '/user-api-key/device/poll',
    isForPrograms: true,
    action: 'user_api_keys#poll_device_request',
    access: 'open',
    handle: poll,
    noStore: true,
    exists: hasDeviceFlow,
  },
]

function createRequest(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  if (!isJson(c)) return refuse(c, 'invalid_access')
  const hit = site.deviceLimits.create(addressOf(c), site.now())
  if (hit !== null) return refuseLimited(c, hit)

  const request = requestOfDevice(c)
  if (request.missing !== undefined) return refuseMissing(c, request.missing)
  const mistake = mistakeIn(c, request)
  if (mistake !== null) return refuseWith(c, mistake)
  switch (failedCheck(request, ['scopes', 'key', 'padding', 'expiry'], site, null)) {
    case 'scopes':
      return refuse(c, 'invalid_access')
    case null:
      break
    default:
      return refuse(c, 'invalid_parameters')
  }
  const { publicKey } = request
  if (publicKey === null || keyBits(publicKey) < MIN_BITS || keyBits(publicKey) > MAX_BITS) {
    return refuseWith(c, 'public_key must be an RSA key of 2048 to 8192 bits')
  }
  const plan = planGrant(site, request, publicKey)
  if (plan.tooLarge) return refuseWith(c, tooLargeSentence(plan))

  const unregisteredClient = request.client?.publicKeyPem == null
  const device = site.deviceRequests.add({ request, plan, unregisteredClient }, site.now())
  site.secrets.note('device code', device.deviceCode)
  const verificationUri = `${site.origin}${site.path}/user-api-key/activate`
  return c.json({
    device_code: device.deviceCode,
    user_code: device.userCode,
    verification_uri: verificationUri,
    verification_uri_with_request: `${verificationUri}?request=${device.requestToken}`,
    expires_in: DEVICE_REQUEST_LIFE,
    interval: DEVICE_POLL_INTERVAL,
  })
}

/** A name the forum knows already cannot be claimed by somebody else's request (protocol.md 11, no. 45). */
function requestOfDevice(c: ForumContext): KeyRequest {
  const { auth_redirect: _, ...params } = c.get('params')
  const request = readKeyRequest(params, c.get('site'))
  return { ...request, applicationName: request.client?.applicationName ?? request.applicationName }
}

function mistakeIn(c: ForumContext, { scopes }: KeyRequest): string | null {
  const params = c.get('params')
  const tooLong = MAX_BYTES.find(([name, bytes]) => Buffer.byteLength(textParam(params, name) ?? '') > bytes)
  if (tooLong !== undefined) return `${tooLong[0]} is longer than ${tooLong[1]} bytes`
  if (scopes.length > MAX_SCOPES) return 'scopes has too many items'
  if (scopes.includes('one_time_password')) return 'one_time_password cannot be had this way'
  return Buffer.byteLength(JSON.stringify(params)) > MAX_GRANT ? 'The request is too large' : null
}

function poll(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const now = site.now()
  if (!isJson(c)) return refuse(c, 'invalid_access')
  const hit = site.deviceLimits.poll(addressOf(c), now)
  if (hit !== null) return refuseLimited(c, hit)
  const deviceCode = textParam(c.get('params'), 'device_code') ?? ''
  if (deviceCode === '') return refuseMissing(c, 'device_code')
  const hitOfCode = site.deviceLimits.pollOfCode(deviceCode, now)
  if (hitOfCode !== null) return refuseLimited(c, hitOfCode)

  const device = site.deviceRequests.byDeviceCode(deviceCode, now)
  switch (device?.outcome.kind) {
    case undefined:
      return c.json({ status: 'expired_token' })
    case 'pending':
      return c.json({ status: 'authorization_pending' })
    case 'denied':
      return c.json({ status: 'access_denied' })
    case 'authorized':
      // Whoever loses this answer starts over (protocol.md 1.10).
      site.deviceRequests.remove(deviceCode)
      return c.json({ status: 'authorized', payload: device?.outcome.payload })
  }
}

/** Format and content type must both be JSON, which keeps out the forms of other web pages (protocol.md 1.10). */
function isJson(c: ForumContext): boolean {
  return wantsJson(c) && c.req.header('content-type')?.includes('application/json') === true
}
