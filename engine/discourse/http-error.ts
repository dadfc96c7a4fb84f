import * as v from 'valibot'
import type { Failure } from '../../common/contract/failure.ts'
import { shownHost } from './address.ts'
import type { HttpAnswer } from './http.ts'
import { parseServerJson } from './parse-server-json.ts'
import { longestRetry, retryAfterSeconds } from './retry-after.ts'

/** What the request was for: the same response calls for a different action by the user in each case. */
export type Situation = 'adding' | 'polling' | 'revoking' | 'marking'

/** An error answer. Only `error_type` is stable; the sentences are translated (protocol.md 4.2). */
const errorSchema = v.object({
  error_type: v.optional(v.string()),
  extras: v.optional(v.nullable(v.object({ wait_seconds: v.optional(v.number()) }))),
})

/** How long to wait when a forum limits us without saying how long. */
const unsaidWait = 60

/** Whether an answer is a success. 203 is a 200 that a proxy has modified on the way (RFC 9110, 15.3.4). */
export const isSuccess = ({ status }: Pick<HttpAnswer, 'status'>): boolean => status === 200 || status === 203

/**
 * What an answer that is not a success means (protocol.md 4.2 and 4.3): who sent it, and so who can help. HTML and
 * plain text also come from proxies, networks' login pages and web servers, so only Discourse's own `error_type` says
 * anything about the key.
 * @param base the site asked
 */
export const httpError = (answer: HttpAnswer, base: string, situation: Situation = 'polling'): Failure => {
  const host = shownHost(base)
  const { status } = answer
  const redirect = redirectOf(answer, base)
  // Discourse never sends 407, and one from a configured proxy has already become `proxy_auth`.
  if (redirect === 'login' || status === 511 || status === 407) return { code: 'network_login', params: { host } }
  if (redirect !== undefined) return redirected(answer, redirect, base, situation)
  if (isChallenge(answer)) return { code: 'site_challenges', params: { host } }
  if (status === 429) return { code: 'rate_limited', params: { host, seconds: waitSeconds(answer) } }
  const type = readErrorAnswer(answer)?.error_type
  if (status === 403 && type === 'invalid_access') return { code: 'access_refused', params: { host } }
  if (status === 403 && type === 'not_logged_in') return { code: 'key_header_stripped', params: { host } }
  if (status === 503 && type === 'read_only') return { code: 'read_only', params: { host } }
  if (status === 401) return { code: 'server_password', params: { host } }
  // Discourse itself answers in JSON, so a bare refusal comes from something else.
  if (status === 403 && !isJson(answer)) return { code: 'firewall_refuses', params: { host } }
  if (status === 403 || status >= 500) return unavailable(answer, host, situation)
  return { code: 'unexpected_answer', params: { host, status } }
}

/** A redirect of every page to one page on the same host does not mean that the forum has moved. */
const redirected = (answer: HttpAnswer, target: URL, base: string, situation: Situation): Failure => {
  const host = shownHost(base)
  if (target.origin !== new URL(base).origin || keepsPath(target)) {
    return { code: 'site_moved', params: { host, target: shownTarget(target, base) } }
  }
  const isMaintained = /mainten|unavailable|offline/i.test(target.pathname)
  return isMaintained
    ? unavailable({ ...answer, status: 503 }, host, situation)
    : { code: 'unexpected_answer', params: { host, status: answer.status } }
}

/** The failure for an answer with the right status that is not the expected JSON: most often a login page. */
export const unreadable = (answer: HttpAnswer, host: string): Failure => {
  // JSON never begins like this, and pages may begin with anything.
  const isPage = (answer.headers.get('content-type') ?? '').includes('html') || /^[\s\ufeff]*</.test(answer.text)
  return { code: isPage ? 'network_login' : 'answer_unreadable', params: { host } }
}

/** Counts and revocations are retried automatically; anything else is for the user to try again. */
const unavailable = (answer: HttpAnswer, host: string, situation: Situation): Failure => {
  const { status } = answer
  switch (situation) {
    case 'adding':
    case 'marking':
      return { code: 'site_busy', params: { host, status } }
    case 'revoking':
      return { code: 'revocation_waits', params: { host, status } }
    case 'polling': {
      // A bare 502 or 503 is the web server before Discourse, while that is rebuilt.
      const isMaintained = (status === 502 || status === 503) && !isJson(answer)
      return isMaintained
        ? { code: 'site_maintenance', params: { host } }
        : { code: 'site_unavailable', params: { host, status } }
    }
  }
}

const loginWord =
  /(?:^|[^a-z])(?:log-?in|sign-?in|sso|saml2?|adfs|idp|oauth2?|auth|webauth|portal|captive|wifi|wlan|hotspot|guest|splash)(?:[^a-z]|$)/i
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const permanent: ReadonlySet<number> = new Set([301, 308])

/**
 * Where an answer redirects to, or `login` for what is probably a login page of the network or of a proxy: such pages
 * replace every page, and only temporarily (RFC 8910, 1; RFC 9110, 15.4), so the path that was asked for is lost, and
 * the address is often one without encryption.
 * @param from the address asked, or the site
 * @returns undefined when the answer does not redirect: 304 and 300 do not, nor does a redirect without an address
 */
export const redirectOf = (answer: HttpAnswer, from: string): URL | 'login' | undefined => {
  const location = answer.headers.get('location')
  if (!redirects.has(answer.status) || location === undefined || !URL.canParse(location, from)) return undefined
  const target = new URL(location, from)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return undefined
  const origin = new URL(from)
  if (keepsPath(target)) return target
  const isPlain = target.protocol === 'http:' && origin.protocol === 'https:'
  const namesLogin = loginWord.test(target.host + target.pathname) || /[?&]SAMLRequest=/i.test(target.search)
  const isElsewhere = target.host !== origin.host
  // A login page that sends visitors back afterwards records where they wanted to go.
  const notesOrigin = isElsewhere && target.search.toLowerCase().includes(origin.hostname)
  const isLogin = isPlain || namesLogin || notesOrigin || (isElsewhere && origin.protocol === 'http:')
  return isLogin && !(permanent.has(answer.status) && !namesLogin) ? 'login' : target
}

/** Whether a redirect is about the path that was asked for, below another folder or on another host. */
const keepsPath = ({ pathname }: URL): boolean =>
  /\/(?:notifications|session|site|user-api-key|message-bus)(?:[/.]|$)/.test(pathname)

/**
 * Cloudflare and AWS WAF mark challenges to suspected bots with a header; Cloudflare's blocks are recognised by its
 * name in the `Server` header of an HTML page, older checks by their title.
 */
const isChallenge = ({ status, headers, text }: HttpAnswer): boolean => {
  const isPage = (headers.get('content-type') ?? '').includes('html')
  return (
    headers.get('cf-mitigated') === 'challenge' ||
    /^(?:challenge|captcha)$/.test(headers.get('x-amzn-waf-action') ?? '') ||
    (status === 403 && headers.get('server') === 'cloudflare' && isPage) ||
    ((status === 403 || status === 503) && isPage && /<title>\s*(?:Just a moment|Checking your browser)/i.test(text))
  )
}

const isJson = ({ headers }: HttpAnswer): boolean => (headers.get('content-type') ?? '').includes('json')

/** Without its scheme, unless that is all that differs. */
const shownTarget = (target: URL, base: string): string =>
  target.host === new URL(base).host && target.origin !== new URL(base).origin
    ? target.origin
    : shownHost(target.origin)

/** `Retry-After`, else the body's `wait_seconds`; a day at most, which is the longest limit there is. */
const waitSeconds = (answer: HttpAnswer): number => {
  const body = readErrorAnswer(answer)?.extras?.wait_seconds
  return retryAfterSeconds(answer.headers) ?? Math.min(longestRetry, Math.max(1, Math.ceil(body ?? unsaidWait)))
}

/** Reads an error answer; undefined when it is not Discourse's JSON, so that something else answered. */
const readErrorAnswer = (answer: HttpAnswer): v.InferOutput<typeof errorSchema> | undefined => {
  const parsed = v.safeParse(errorSchema, parseServerJson(answer.text))
  return parsed.success ? parsed.output : undefined
}
