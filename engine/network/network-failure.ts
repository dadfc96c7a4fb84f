import type { Failure, FailureCode } from '../../common/contract/failure.ts'
import { BodyUndecodable } from './decode-body.ts'
import { privateOnly } from './private-address.ts'
import { RouteFailure } from './route.ts'

const refused = new Set(['ECONNREFUSED'])
const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const noNetwork = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])
const timedOut = new Set(['ETIMEDOUT'])
const oversized = new Set(['HPE_HEADER_OVERFLOW'])

/**
 * What a failed request means, from the codes of Node's net and tls modules (nodejs.org/api/errors.html) and of
 * its HTTP parser (github.com/nodejs/llhttp).
 * @param error what was thrown; also searched are its `cause` and, if several addresses were tried, its `errors`
 * @param host the host as shown to the user
 * @param seconds the request's deadline
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
  if (codes.some((code) => code.startsWith('HPE_'))) return { code: 'answer_malformed', params: { host } }
  // Nobody is told this: the request was for public addresses only, and whoever sent it decides what follows.
  if (codes.includes(privateOnly)) return { code: 'connection_lost', params: { host, reason: privateOnly } }
  return { code: 'connection_lost', params: { host } }
}

/** Whether the other side closed the connection during the request. */
export const isCutOff = (error: unknown): boolean => {
  const codes = new Set(errorCodes(error))
  return codes.has('ECONNRESET') || codes.has('EPIPE')
}

/** The codes of an error and of all its causes. */
function* errorCodes(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 4) return
  if (error.name === 'TimeoutError') yield 'ETIMEDOUT'
  if ('code' in error && typeof error.code === 'string') yield error.code
  if (error instanceof AggregateError) for (const inner of error.errors) yield* errorCodes(inner, depth + 1)
  yield* errorCodes(error.cause, depth + 1)
}

/** What OpenSSL's verdicts mean for the user (nodejs.org/api/tls.html#x509-certificate-error-codes). */
const verdicts: Readonly<Record<string, FailureCode>> = {
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_not_yet_valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_untrusted',
  CERT_UNTRUSTED: 'tls_untrusted',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls_outdated',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls_outdated',
  ERR_SSL_VERSION_TOO_LOW: 'tls_outdated',
  // The server does not speak TLS.
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_missing',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_missing',
  ERR_SSL_HTTP_REQUEST: 'tls_missing',
}

/**
 * What went wrong with TLS; undefined if the error is about something else.
 * @param codes of the error and its causes
 * @param host as shown to the user
 */
const tlsFailure = (codes: readonly string[], host: string): Failure | undefined => {
  const known = codes.find((code) => verdicts[code] !== undefined)
  const code = known === undefined ? undefined : verdicts[known]
  if (code !== undefined) return { code, params: { host } }
  const reason = codes.find((each) =>
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_)/.test(each),
  )
  return reason === undefined ? undefined : { code: 'tls_failed', params: { host, reason } }
}
