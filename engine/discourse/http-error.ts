import * as v from 'valibot'
import type { Failure } from '../../common/contract/failure.ts'
import { parseUrl } from '../../common/contract/parse-url.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { shownHost } from './address.ts'
import type { HttpAnswer } from './http.ts'
import { longestRetry, retryAfterSeconds } from './retry-after.ts'

/** What the request was for: the same response calls for a different action by the user in each case. */
export type Situation = 'adding' | 'polling' | 'revoking' | 'marking'

const extrasSchema = v.object({ wait_seconds: v.fallback(v.pipe(v.unknown(), v.toNumber()), 0) })

/**
 * An error answer. Only `error_type` is stable; the sentences are translated (protocol.md 4.2). Details of another shape
 * do not hide it.
 */
const errorSchema = v.object({
  error_type: v.optional(v.fallback(v.string(), ''), ''),
  extras: v.optional(v.fallback(extrasSchema, { wait_seconds: 0 }), { wait_seconds: 0 }),
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
  if (redirect === 'login' || status === 511 || status === 407)
    return { code: 'network_login', params: browserParams(base) }
  if (redirect !== undefined) return redirected(answer, redirect, base, situation)
  if (isChallenge(answer)) return { code: 'site_challenges', params: browserParams(base) }
  if (status === 429) return { code: 'rate_limited', params: { host, seconds: waitSeconds(answer) } }
  const type = readErrorAnswer(answer)?.error_type
  if (status === 403 && type === 'invalid_access') return { code: 'access_refused', params: { host } }
  if (status === 403 && type === 'not_logged_in') return { code: 'key_header_stripped', params: { host } }
  if (status === 503 && type === 'read_only') return { code: 'read_only', params: { host } }
  if (status === 401) return { code: 'server_password', params: { host } }
  // Discourse itself answers in JSON, so a bare refusal comes from something else.
  if (status === 403 && !isJson(answer)) return { code: 'firewall_refuses', params: browserParams(base) }
  if (status === 403 || status >= 500) return unavailable(answer, host, situation)
  return { code: 'unexpected_answer', params: { host, status } }
}

/** For failures that the user can look into with a browser, which needs the address where that is not https. */
export const browserParams = (base: string): NonNullable<Failure['params']> => ({
  host: shownHost(base),
  ...(base.startsWith('http:') ? { address: base } : {}),
})

/**
 * A redirect to another host, or to the same pages in another folder or with another scheme, may mean that the forum has
 * moved there; a temporary one is more often a status page, or another server that stands in (RFC 9110, 15.4.3). A
 * redirect of every page to one page on the same host means neither, nor does one to the page that was asked for: that
 * checks whether a browser keeps cookies.
 */
const redirected = (answer: HttpAnswer, target: URL, base: string, situation: Situation): Failure => {
  const host = shownHost(base)
  const isPermanent = permanent.has(answer.status)
  const params = { host, target: shownTarget(target, base) }
  if (target.host !== new URL(base).host)
    return { code: isPermanent ? 'site_moved' : 'site_redirects_temporarily', params }
  const isSame = keepsPath(target) && siteOf(target) === base
  if (target.origin !== new URL(base).origin || (keepsPath(target) && !isSame)) return { code: 'site_moved', params }
  if (isSame && !isPermanent) return { code: 'site_challenges', params: browserParams(base) }
  const isMaintained = /mainten|unavailable|offline/i.test(target.pathname)
  return isMaintained
    ? unavailable({ ...answer, status: 503 }, host, situation)
    : { code: 'unexpected_answer', params: { host, status: answer.status } }
}

/**
 * The failure for an answer with the right status that is not the expected JSON: most often a login page.
 * @param base the site asked
 */
export const unreadable = (answer: HttpAnswer, base: string): Failure => {
  if (isChallenge(answer)) return { code: 'site_challenges', params: browserParams(base) }
  // JSON never begins like this, and pages may begin with anything.
  if (isPage(answer) || /^[\s\ufeff]*</.test(answer.text)) return { code: 'network_login', params: browserParams(base) }
  return { code: 'answer_unreadable', params: { host: shownHost(base) } }
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
  if (!redirects.has(answer.status) || location === undefined) return undefined
  const target = parseUrl(location, from)
  if (target === undefined) return undefined
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

/** The paths that we ask a forum for, below its folder. */
const ourPaths =
  /\/(?:notifications(?:[./]|$)|session\/current(?:[./]|$)|site\/basic-info(?:[./]|$)|user-api-key(?:[./]|$)|message-bus\/)/

/** Whether a redirect is about the path that was asked for, below another folder or on another host. */
const keepsPath = ({ pathname }: URL): boolean => ourPaths.test(pathname)

/** Origin and folder of the site that a redirect leads to. */
const siteOf = (target: URL): string => {
  const at = target.pathname.search(ourPaths)
  return target.origin + (at < 0 ? '' : target.pathname.slice(0, at))
}

/**
 * What checks for robots write into their pages, in whatever language they are shown: Cloudflare, Imperva, DDoS-Guard,
 * Sucuri, DataDome, HUMAN, AWS WAF, Anubis.
 */
const challengeMarks =
  /_cf_chl_opt|_Incapsula_Resource|ddos-guard\/js-challenge|sucuri_cloudproxy_js|captcha-delivery\.com|px-captcha|awsWafCookieDomainList|\.within\.website\/x\/|<title>\s*(?:Just a moment|Checking your browser|Attention Required! \| Cloudflare|DDoS-Guard)/i

/**
 * Cloudflare, AWS WAF and Vercel mark challenges to suspected bots with a header; Cloudflare's blocks are recognised by
 * its name in the `Server` header of an HTML page, other checks by what their pages contain.
 */
const isChallenge = (answer: HttpAnswer): boolean => {
  const { status, headers, text } = answer
  const marks = ['cf-mitigated', 'x-amzn-waf-action', 'x-vercel-mitigated'].map((name) => headers.get(name) ?? '')
  if (marks.some((mark) => /^(?:challenge|captcha)$/.test(mark))) return true
  return isPage(answer) && ((status === 403 && headers.get('server') === 'cloudflare') || challengeMarks.test(text))
}

const contentType = ({ headers }: HttpAnswer): string => (headers.get('content-type') ?? '').toLowerCase()
const isPage = (answer: HttpAnswer): boolean => contentType(answer).includes('html')
const isJson = (answer: HttpAnswer): boolean => contentType(answer).includes('json')

/** The site without its scheme, unless that is all that differs. */
const shownTarget = (target: URL, base: string): string =>
  target.host === new URL(base).host && target.origin !== new URL(base).origin
    ? siteOf(target)
    : shownHost(siteOf(target))

/** `Retry-After`, else the body's `wait_seconds`; a day at most, which is the longest limit there is. */
const waitSeconds = (answer: HttpAnswer): number => {
  const body = readErrorAnswer(answer)?.extras.wait_seconds ?? 0
  return retryAfterSeconds(answer.headers) ?? Math.min(longestRetry, Math.ceil(body > 0 ? body : unsaidWait))
}

/** Reads an error answer; undefined when it is not Discourse's JSON, so that something else answered. */
const readErrorAnswer = (answer: HttpAnswer): v.InferOutput<typeof errorSchema> | undefined => {
  const parsed = v.safeParse(errorSchema, parseBoundedJson(answer.text))
  return parsed.success ? parsed.output : undefined
}
