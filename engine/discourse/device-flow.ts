import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { atSite, shownHost } from './address.ts'
import { applicationName, expirySeconds } from './authorize-url.ts'
import type { Http } from './http.ts'
import { httpError, isSuccess } from './http-error.ts'
import { readJson } from './response-schemas.ts'
import { siteLink } from './site-link.ts'

// The device authorization flow of newer forums (protocol.md 1.10): no redirect and no setting of the site is needed.
// The forum issues a code, the user types it on the forum's page, and this program polls until the answer is there.

const grantSchema = v.object({
  device_code: v.pipe(v.string(), v.regex(/^[0-9a-zA-Z_-]{16,256}$/)),
  user_code: v.pipe(v.string(), v.regex(/^[A-Z0-9-]{4,20}$/)),
  verification_uri_with_request: v.pipe(v.string(), v.maxLength(2000)),
  expires_in: v.pipe(v.number(), v.minValue(1), v.maxValue(3600)),
  interval: v.pipe(v.number(), v.minValue(1), v.maxValue(120)),
})

const pollSchema = v.variant('status', [
  v.object({ status: v.literal('authorization_pending') }),
  v.object({ status: v.literal('authorized'), payload: v.pipe(v.string(), v.maxLength(20_000)) }),
  v.object({ status: v.literal('access_denied') }),
  v.object({ status: v.literal('expired_token') }),
])

/** What a forum grants for one sign-in. */
export interface DeviceGrant {
  /** Secret: whoever has it gets the payload. */
  readonly deviceCode: string
  /** What the user types on the forum's page. */
  readonly userCode: string
  /** The page to type it on. It leads to this request, so it is for the user's browser only. */
  readonly page: string
  /** Milliseconds until the grant expires, and between two polls. */
  readonly lifetime: number
  readonly interval: number
}

/** The parameters of a request for a device code; the same as in an authorize URL. */
export interface DeviceRequest {
  readonly base: string
  readonly clientId: string
  readonly nonce: string
  readonly publicKey: string
  readonly scopes: readonly string[]
  readonly accessDays: number | null
}

/**
 * Asks a forum for a code. Failures: `site_refuses_apps`; those of `http` and `httpError`; `unexpected_answer` for a
 * page that is not the forum's own.
 */
export const requestDeviceGrant = async (http: Http, request: DeviceRequest): Promise<Result<DeviceGrant>> => {
  const { base, clientId, nonce, publicKey, scopes, accessDays } = request
  const host = shownHost(base)
  const answer = await http.send({
    method: 'POST',
    url: atSite(base, '/user-api-key/device.json'),
    json: {
      application_name: applicationName,
      client_id: clientId,
      nonce,
      public_key: publicKey,
      scopes: scopes.join(','),
      padding: 'oaep',
      ...(accessDays === null ? {} : { expires_in_seconds: expirySeconds(accessDays) }),
    },
  })
  if (!answer.ok) return answer
  // No key is involved yet: here a refusal is about what was requested (protocol.md 1.10).
  const refused = httpError(answer.value, base, 'adding')
  if (refused.code === 'access_refused') return fail('site_refuses_apps', { host })
  if (!isSuccess(answer.value)) return { ok: false, failure: refused }
  const grant = readJson(grantSchema, answer.value, base)
  if (!grant.ok) return grant
  const page = siteLink(base, grant.value.verification_uri_with_request)
  if (page === null) return fail('unexpected_answer', { host, status: answer.value.status })
  return ok({
    deviceCode: grant.value.device_code,
    userCode: grant.value.user_code,
    page,
    lifetime: grant.value.expires_in * 1000,
    interval: grant.value.interval * 1000,
  })
}

/** The state of a sign-in by device code at the forum. */
export type DeviceAnswer =
  | { readonly kind: 'pending' }
  | { readonly kind: 'denied' }
  /** Also if the answer with the payload was lost: it is sent once. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'authorized'; readonly payload: string }

/** Asks whether the user has approved. Failures: those of `http` and `httpError`. */
export const pollDeviceGrant = async (http: Http, base: string, deviceCode: string): Promise<Result<DeviceAnswer>> => {
  const url = atSite(base, '/user-api-key/device/poll.json')
  const answer = await http.send({ method: 'POST', url, json: { device_code: deviceCode } })
  if (!answer.ok) return answer
  if (!isSuccess(answer.value)) return { ok: false, failure: httpError(answer.value, base, 'adding') }
  const read = readJson(pollSchema, answer.value, base)
  if (!read.ok) return read
  switch (read.value.status) {
    case 'authorization_pending':
      return ok({ kind: 'pending' })
    case 'authorized':
      return ok({ kind: 'authorized', payload: read.value.payload })
    case 'access_denied':
      return ok({ kind: 'denied' })
    case 'expired_token':
      return ok({ kind: 'expired' })
  }
}
