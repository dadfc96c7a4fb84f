import { describe, expect, it } from 'vitest'
import { isRedirectAllowed } from './redirect-rules.ts'
import { cgiEscape, redirectWithPayload } from './redirect-url.ts'

describe('the redirect list (protocol.md 2.2)', () => {
  it.each([
    ['discourse://auth_redirect', 'discourse://auth_redirect', true, true],
    ['DISCOURSE://AUTH_REDIRECT', 'discourse://auth_redirect', true, true],
    ['discourse://auth_redirect/', 'discourse://auth_redirect', false, false],
    ['discourse://auth_redirect?s=1', 'discourse://auth_redirect', false, false],
    ['discourse://auth_redirect#s', 'discourse://auth_redirect', false, false],
    ['discourse:auth_redirect', '*', false, false],
    ['https://app.example:444/cb', 'https://app.example/cb', false, false],
    ['https://app.example:443/cb', 'https://app.example/cb', false, true],
    ['https://me@app.example/cb', 'https://app.example/cb', false, false],
    ['https://a.app.example/cb', 'https://*.app.example/cb', true, true],
    ['https://evil.example/.app.example/cb', 'https://*.app.example/cb', true, false],
    ['https://appXexample/cb', 'https://app.example/cb', false, false],
    ['anything://goes/here', '*', true, true],
    ['', '*', false, false],
  ])('%j against %j: whole string %s, by parts %s', (redirect, pattern, wholeString, byParts) => {
    expect(isRedirectAllowed(redirect, [pattern], 'whole-string')).toBe(wholeString)
    expect(isRedirectAllowed(redirect, [pattern], 'by-parts')).toBe(byParts)
  })
})

describe('the redirect (protocol.md 1.4)', () => {
  it.each([
    ['discourse://auth_redirect', 'discourse://auth_redirect?payload=P'],
    ['discourse://auth_redirect?x=1', 'discourse://auth_redirect?x=1&payload=P'],
    ['discourse://auth_redirect#f', 'discourse://auth_redirect?payload=P#f'],
  ])('%s', (redirect, expected) => {
    expect(redirectWithPayload(redirect, 'P')).toBe(expected)
  })

  it('escapes as Ruby does', () => {
    expect(cgiEscape('a b+/=\n~*é_-.')).toBe('a+b%2B%2F%3D%0A~%2A%C3%A9_-.')
  })
})
