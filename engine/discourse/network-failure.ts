import type { Failure } from '../../common/failure.ts'

const refused = new Set(['ECONNREFUSED'])
const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const noNetwork = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])
const timedOut = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ABORT_ERR',
])

/**
 * What a failed request means, from the codes of Node's net and tls modules (nodejs.org/api/errors.html) and undici.
 * @param error what was thrown; looked into through `cause` and, for several addresses tried, `errors`
 * @param host the host as shown to the user
 * @param seconds the deadline the request had
 */
export const networkFailure = (error: unknown, host: string, seconds: number): Failure => {
  const codes = [...errorCodes(error)]
  const has = (set: ReadonlySet<string>): boolean => codes.some((code) => set.has(code))
  const tls = codes.find((code) =>
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_)/.test(code),
  )
  if (tls !== undefined) return { code: 'tls_failed', params: { host, reason: tls } }
  if (has(timedOut)) return { code: 'timed_out', params: { host, seconds } }
  if (has(unknownHost)) return { code: 'dns_failed', params: { host } }
  if (has(refused)) return { code: 'connection_refused', params: { host } }
  if (has(noNetwork)) return { code: 'offline', params: { host } }
  return { code: 'connection_lost', params: { host } }
}

/** The codes of an error and of everything it was caused by. */
function* errorCodes(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 4) return
  if (error.name === 'TimeoutError') yield 'ETIMEDOUT'
  if ('code' in error && typeof error.code === 'string') yield error.code
  if (error instanceof AggregateError) for (const inner of error.errors) yield* errorCodes(inner, depth + 1)
  yield* errorCodes(error.cause, depth + 1)
}
