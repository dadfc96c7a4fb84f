import type { Failure } from '../../common/contract/failure.ts'
import { BodyUndecodable } from './decode-body.ts'
import { RouteFailure } from './route-failure.ts'
import { tlsFailure } from './tls-failure.ts'

const refused = new Set(['ECONNREFUSED'])
const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const noNetwork = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])
const timedOut = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'])
const oversized = new Set(['UND_ERR_HEADERS_OVERFLOW'])
/** undici's words for an answer against RFC 9112: two lengths, no HTTP at all, a status below 100 (an assertion there). */
const malformed = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HTTPParserError', 'ERR_ASSERTION'])

/**
 * What a failed request means, from the codes of Node's net and tls modules (nodejs.org/api/errors.html) and undici.
 * @param error what was thrown; looked into through `cause` and, for several addresses tried, `errors`
 * @param host the host as shown to the user
 * @param seconds the deadline the request had
 */
export const networkFailure = (error: unknown, host: string, seconds: number): Failure => {
  if (error instanceof RouteFailure) return error.failure
  const codes = [...errorCodes(error)]
  const has = (set: ReadonlySet<string>): boolean => codes.some((code) => set.has(code))
  const tls = tlsFailure(codes, host)
  if (tls !== undefined) return tls
  if (has(timedOut)) return { code: 'timed_out', params: { host, seconds } }
  if (has(unknownHost)) return { code: 'dns_failed', params: { host } }
  if (has(refused)) return { code: 'connection_refused', params: { host } }
  if (has(noNetwork)) return { code: 'offline', params: { host } }
  if (has(oversized)) return { code: 'answer_too_large', params: { host } }
  if (error instanceof BodyUndecodable) return { code: 'answer_unreadable', params: { host } }
  if (has(malformed) || codes.some((code) => code.startsWith('HPE_')))
    return { code: 'answer_malformed', params: { host } }
  return { code: 'connection_lost', params: { host } }
}

/** Whether the other side closed the connection under way. */
export const isCutOff = (error: unknown): boolean => {
  const codes = new Set(errorCodes(error))
  return codes.has('UND_ERR_SOCKET') || codes.has('ECONNRESET') || codes.has('EPIPE')
}

/** The codes of an error and of everything it was caused by. */
function* errorCodes(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 4) return
  if (error.name === 'TimeoutError') yield 'ETIMEDOUT'
  if (error.name === 'HTTPParserError') yield error.name
  if ('code' in error && typeof error.code === 'string') yield error.code
  if (error instanceof AggregateError) for (const inner of error.errors) yield* errorCodes(inner, depth + 1)
  yield* errorCodes(error.cause, depth + 1)
}
