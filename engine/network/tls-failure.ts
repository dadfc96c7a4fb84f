import type { Failure, FailureCode } from '../../common/contract/failure.ts'

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
  // What answers does not speak TLS
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_missing',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_missing',
  ERR_SSL_HTTP_REQUEST: 'tls_missing',
}

/**
 * What went wrong with the encryption; undefined when it did not.
 * @param codes of the error and its causes
 * @param host as shown to the user
 */
export const tlsFailure = (codes: readonly string[], host: string): Failure | undefined => {
  const known = codes.find((code) => verdicts[code] !== undefined)
  const code = known === undefined ? undefined : verdicts[known]
  if (code !== undefined) return { code, params: { host } }
  const reason = codes.find((each) =>
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_)/.test(each),
  )
  return reason === undefined ? undefined : { code: 'tls_failed', params: { host, reason } }
}
