import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAuthorizationResponse } from './parse-authorization-response.ts'

const payload = `${'Ab+/'.repeat(87)}==`
const encoded = encodeURIComponent(payload)

describe('parseAuthorizationResponse', () => {
  it.each([
    ['the redirect', `discourse://auth_redirect?payload=${encoded}`],
    ['a closing slash', `discourse://auth_redirect/?payload=${encoded}`],
    ['capitals', `DISCOURSE://AUTH_REDIRECT?payload=${encoded}`],
    ['a one-time password beside it', `discourse://auth_redirect?payload=${encoded}&oneTimePassword=abc`],
    [
      'line ends as Discourse writes them',
      `discourse://auth_redirect?payload=${encodeURIComponent(payload.replace(/.{60}/g, '$&\n'))}`,
    ],
    ['a launcher that decoded twice', `discourse://auth_redirect?payload=${encoded.replaceAll('%2B', '+')}`],
    ['the pasted payload', payload],
    ['the pasted payload in lines', `\n  ${payload.replace(/.{60}/g, '$&\r\n')}\n`],
  ])('reads %s', (_, text) => {
    expect(parseAuthorizationResponse(text)).toEqual({ ok: true, value: { payload } })
  })

  it('reads a one-time password beside the payload and alone', () => {
    expect(
      parseAuthorizationResponse(`discourse://auth_redirect?payload=${encoded}&oneTimePassword=${encoded}`),
    ).toEqual({
      ok: true,
      value: { payload, oneTimePassword: payload },
    })
    expect(parseAuthorizationResponse(`discourse://auth_redirect?oneTimePassword=${encoded}`)).toEqual({
      ok: true,
      value: { oneTimePassword: payload },
    })
  })

  it.each([
    ['nothing', ''],
    ['another scheme', `https://auth_redirect?payload=${encoded}`],
    ['another host', `discourse://auth_redirect.example?payload=${encoded}`],
    ['no host', `discourse:auth_redirect?payload=${encoded}`],
    ['a path', `discourse://auth_redirect/x?payload=${encoded}`],
    ['a user', `discourse://eve@auth_redirect?payload=${encoded}`],
    ['a port', `discourse://auth_redirect:80?payload=${encoded}`],
    ['a fragment', `discourse://auth_redirect?payload=${encoded}#x`],
    ['two payloads', `discourse://auth_redirect?payload=${encoded}&payload=${encoded}`],
    ['no payload', 'discourse://auth_redirect'],
    ['an empty payload', 'discourse://auth_redirect?payload='],
    ['two one-time passwords', `discourse://auth_redirect?oneTimePassword=${encoded}&oneTimePassword=${encoded}`],
    ['too short a one-time password', 'discourse://auth_redirect?oneTimePassword=abc'],
    ['an empty payload before one', `discourse://auth_redirect?payload=&oneTimePassword=${encoded}`],
    ['a one-time password on another host', `discourse://example?oneTimePassword=${encoded}`],
    ['letters that are not Base64', `${payload}<script>`],
    ['too short a payload', payload.slice(0, 60)],
    ['too long a payload', payload.repeat(20)],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('refuses %s', (_, text) => {
    expect(parseAuthorizationResponse(text)).toEqual({ ok: false, failure: { code: 'redirect_invalid' } })
  })

  it('gives Base64 or refuses, whatever it is given', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'discourse://',
        'DISCOURSE:',
        'auth_redirect',
        '?payload=',
        '&payload=',
        '?oneTimePassword=',
        '&oneTimePassword=',
        '#',
        '@',
        ':80',
        '%00',
        '%0A',
      ),
      fc.constant(encoded),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const result = parseAuthorizationResponse(parts.join(''))
        if (result.ok) {
          const given = Object.values(result.value)
          expect(given.length).toBeGreaterThan(0)
          for (const part of given) expect(part).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
        } else expect(result.failure.code).toBe('redirect_invalid')
      }),
      { numRuns: 10_000 },
    )
  })
})
