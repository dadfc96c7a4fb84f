import { fail, ok, type Result } from '../../common/failure.ts'

/** A 2048-bit payload is 350 characters; an 8192-bit one under 1,500. */
const longestPayload = 4000
const longestText = 16_000

/** Whether a command-line argument looks like an address of our scheme; all others are left to other readers. */
export const isDiscourseUrl = (text: string): boolean => /^discourse:/i.test(text)

/**
 * Reads what came back from the forum: the address `discourse://auth_redirect?payload=…` that the system hands over, or
 * the payload as a person pastes it. Any program and any web page can send such an address, so only the exact form is
 * accepted: this scheme and host, one payload, no user, port, path or fragment (peers.md, section 4).
 * @returns the payload's Base64 without white space, or `redirect_invalid`
 */
export const readAnswerText = (text: string): Result<string> => {
  const given = text.trim()
  if (given.length > longestText) return fail('redirect_invalid')
  return isDiscourseUrl(given) ? readRedirect(given) : readPayload(given)
}

const readRedirect = (text: string): Result<string> => {
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
  const [payload] = payloads
  return exact && payload !== undefined && payloads.length === 1 ? readPayload(payload) : fail('redirect_invalid')
}

/** Forums wrap the Base64 at 60 characters; a launcher that decodes twice turns `+` into spaces (section 1.4). */
const readPayload = (payload: string): Result<string> => {
  const joined = payload.replace(/[\r\n\t]+/g, '').trim()
  const base64 = joined.replaceAll(' ', '+')
  const valid = base64.length >= 100 && base64.length <= longestPayload && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  return valid ? ok(base64) : fail('redirect_invalid')
}
