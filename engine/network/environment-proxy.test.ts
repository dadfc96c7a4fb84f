import { describe, expect, it } from 'vitest'
import { type Environment, environmentLogin, environmentRoute } from './environment-proxy.ts'

const hostFor = (address: string, environment: Environment) => {
  const route = environmentRoute(new URL(address), environment)
  if (!route.ok) return route.failure.code
  return route.value.kind === 'direct' ? 'direct' : `${route.value.kind} ${route.value.host}:${route.value.port}`
}

describe('the environment', () => {
  it.each([
    ['https://forum.example', {}, 'direct'],
    ['https://forum.example', { HTTPS_PROXY: 'http://a:1' }, 'http a:1'],
    ['https://forum.example', { https_proxy: 'a:1', HTTPS_PROXY: 'b:2' }, 'http a:1'],
    ['https://forum.example', { HTTP_PROXY: 'a:1' }, 'direct'],
    ['http://forum.example', { HTTP_PROXY: 'a:1' }, 'http a:1'],
    ['https://forum.example', { ALL_PROXY: 'socks5://a' }, 'socks5 a:1080'],
    ['https://forum.example', { HTTPS_PROXY: '', ALL_PROXY: 'a:1' }, 'http a:1'],
    ['https://forum.example', { HTTPS_PROXY: 'http://' }, 'proxy_invalid'],
    ['https://forum.example', { HTTPS_PROXY: 'gopher://a:1' }, 'proxy_unsupported'],
  ])('for %s with %o leads %s', (address, environment, expected) => {
    expect(hostFor(address, environment)).toBe(expected)
  })

  it.each([
    ['*', true],
    ['forum.example', true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['other.test, FORUM.example', true],
    ['forum.example:8443', true],
    ['forum.example:443', false],
    ['orum.example', false],
    ['.forum.example.org', false],
    ['', false],
    [',', false],
  ])('NO_PROXY=%s excepts https://forum.example:8443: %s', (exceptions, isExcepted) => {
    const environment = { HTTPS_PROXY: 'a:1', NO_PROXY: exceptions }
    expect(hostFor('https://forum.example:8443/path', environment)).toBe(isExcepted ? 'direct' : 'http a:1')
  })

  it('excepts IPv6 addresses with and without brackets', () => {
    for (const exception of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:443']) {
      expect(hostFor('https://[2001:db8::1]', { HTTPS_PROXY: 'a:1', NO_PROXY: exception }), exception).toBe('direct')
    }
  })

  it('supplies the password for a proxy named elsewhere, and for no other', () => {
    const environment = { HTTPS_PROXY: 'http://eve:secret@proxy.example:3128' }
    const named = { kind: 'http', host: 'proxy.example', port: 3128 } as const
    expect(environmentLogin(named, environment)).toEqual({ name: 'eve', password: 'secret' })
    expect(environmentLogin({ ...named, port: 3129 }, environment)).toBeUndefined()
    expect(environmentLogin({ ...named, host: 'evil.example' }, environment)).toBeUndefined()
  })
})
