import { fail, ok, type Result } from '../../common/contract/failure.ts'

/** A 2048-bit payload is 350 characters; an 8192-bit one under 1,500. */
const longestPayload = 4000
const longestText = 16_000

/** Whether a command-line argument looks like an address of our scheme; all others are left to other readers. */
export const isDiscourseUrl = (text: string): boolean => /^discourse:/i.test(text)

/** What a forum gives back, each as Base64 without white space: an answer to a sign-in, a one-time password, or both. */
export type AuthorizationResponse =
  | { readonly payload: string; readonly oneTimePassword?: string }
  | { readonly payload?: never; readonly oneTimePassword: string }

/**
 * Reads what came back from the forum: the address `discourse://auth_redirect?payload=…` that the system hands over, with
 * `oneTimePassword` beside the payload or in its place (protocol.md 1.4 and 1.8), or the payload as a person pastes it. Any program and any web page can send
 * such an address, so only the exact form is
 * accepted: this scheme and host, one payload, no user, port, path or fragment (protocol.md 8).
 * Failure: `redirect_invalid`.
 */
export const parseAuthorizationResponse = (text: string): Result<AuthorizationResponse> => {
  const given = text.trim()
  if (given.length > longestText) return fail('redirect_invalid')
  if (isDiscourseUrl(given)) return readRedirect(given)
  const payload = readPayload(given)
  return payload === undefined ? fail('redirect_invalid') : ok({ payload })
}

const readRedirect = (text: string): Result<AuthorizationResponse> => {
  if (!URL.canParse(text)) return fail('redirect_invalid')
  const url = new URL(text)
  const exact =
    url.protocol === 'discourse:' &&
    url.hostname.toLowerCase() === 'auth_redirect' &&
    (url.pathname === '' || url.pathname === '/') &&
    url.username === '' &&
    url.password === '' &&
    url.port === '' &&
    url.hash === ''
  const payloads = url.searchParams.getAll('payload')
  if (!exact || payloads.length > 1) return fail('redirect_invalid')
  const [given] = payloads
  const payload = given === undefined ? undefined : readPayload(given)
  const passwords = url.searchParams.getAll('oneTimePassword')
  const [password] = passwords
  const oneTimePassword = password === undefined || passwords.length > 1 ? undefined : readPayload(password)
  if (payload !== undefined) return ok(oneTimePassword === undefined ? { payload } : { payload, oneTimePassword })
  return given !== undefined || oneTimePassword === undefined ? fail('redirect_invalid') : ok({ oneTimePassword })
}

/** Forums wrap the Base64 at 60 characters; a launcher that decodes twice turns `+` into spaces (protocol.md 1.4). */
const readPayload = (payload: string): string | undefined => {
  const joined = payload.replace(/[\r\n\t]+/g, '').trim()
  const base64 = joined.replaceAll(' ', '+')
  const valid = base64.length >= 100 && base64.length <= longestPayload && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  return valid ? base64 : undefined
}
