import { describe, expect, it } from 'vitest'
import { networkFailure } from './network-failure.ts'

/** An error as Node throws it. */
const failed = (code: string): Error => Object.assign(new Error(code), { code })

describe('a request that failed', () => {
  it.each([
    ['ENOTFOUND', 'dns_failed'],
    ['ECONNREFUSED', 'connection_refused'],
    ['ENETUNREACH', 'offline'],
    ['ETIMEDOUT', 'timed_out'],
    ['ECONNRESET', 'connection_lost'],
    ['HPE_INVALID_CONSTANT', 'answer_malformed'],
    ['HPE_HEADER_OVERFLOW', 'answer_too_large'],
    ['CERT_NOT_YET_VALID', 'tls_not_yet_valid'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_untrusted'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_outdated'],
    ['CERT_REVOKED', 'tls_failed'],
    ['EPROTO', 'tls_failed'],
  ])('with %s is %s', (thrown, code) => {
    expect(networkFailure(failed(thrown), 'forum.example', 10)).toMatchObject({
      code,
      params: { host: 'forum.example' },
    })
  })

  it('is understood from the errors inside it', () => {
    const tried = new AggregateError([failed('EHOSTUNREACH'), failed('ECONNREFUSED')])
    expect(networkFailure(new Error('outer', { cause: tried }), 'forum.example', 10).code).toBe('connection_refused')
  })
})
