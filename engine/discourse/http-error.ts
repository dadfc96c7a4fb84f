import type { Failure } from '../../common/contract/failure.ts'
import { shownHost } from './address.ts'
import type { HttpAnswer } from './http.ts'
import { readErrorAnswer } from './response-schemas.ts'

/** How long to wait when a forum limits us without saying for how long. */
const unsaidWait = 60

/**
 * What an answer other than 2xx means (protocol.md 4.2 and 4.3). HTML and plain text come from proxies, challenge pages
 * and upgrades as well, so only Discourse's own `error_type` counts as a word about the key.
 * @param base the site asked
 */
export const httpError = (answer: HttpAnswer, base: string): Failure => {
  const host = shownHost(base)
  const { status } = answer
  if (status >= 300 && status < 400)
    return { code: 'site_moved', params: { host, target: redirectTarget(answer, base) } }
  if (isChallenge(answer)) return { code: 'site_challenges', params: { host } }
  if (status === 429) return { code: 'rate_limited', params: { host, seconds: waitSeconds(answer) } }
  const type = readErrorAnswer(answer)?.error_type
  if (status === 403 && type === 'invalid_access') return { code: 'access_refused', params: { host } }
  if (status === 403 && type === 'not_logged_in') return { code: 'key_header_stripped', params: { host } }
  if (status === 503 && type === 'read_only') return { code: 'read_only', params: { host } }
  // Discourse itself answers in JSON: a bare 502 or 503 is the web server before it, while Discourse is rebuilt.
  if ((status === 502 || status === 503) && !isJson(answer)) return { code: 'site_maintenance', params: { host } }
  if (status === 403 || status >= 500) return { code: 'site_unavailable', params: { host, status } }
  return { code: 'unexpected_answer', params: { host, status } }
}

/** Cloudflare says when it holds up what it takes for a robot; its blocks are known by its name over an HTML page. */
const isChallenge = ({ status, headers }: HttpAnswer): boolean =>
  headers.get('cf-mitigated') === 'challenge' ||
  (status === 403 && headers.get('server') === 'cloudflare' && (headers.get('content-type') ?? '').includes('html'))

const isJson = ({ headers }: HttpAnswer): boolean => (headers.get('content-type') ?? '').includes('json')

const redirectTarget = (answer: HttpAnswer, base: string): string => {
  const location = answer.headers.get('location') ?? ''
  return URL.canParse(location, base) ? shownHost(new URL(location, base).origin) : '?'
}

/** `Retry-After` in seconds, else the body's `wait_seconds`; a day at most, which is the longest limit there is. */
const waitSeconds = (answer: HttpAnswer): number => {
  const header = Number(answer.headers.get('retry-after') ?? Number.NaN)
  const body = readErrorAnswer(answer)?.extras?.wait_seconds
  const seconds = Number.isFinite(header) && header > 0 ? header : (body ?? unsaidWait)
  return Math.min(86_400, Math.max(1, Math.ceil(seconds)))
}
