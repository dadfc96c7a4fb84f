import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress, shownHost } from './address.ts'

describe('readAddress', () => {
  it.each([
    ['meta.discourse.org', ['https://meta.discourse.org']],
    ['  https://meta.discourse.org/  ', ['https://meta.discourse.org']],
    ['HTTPS://Meta.Discourse.ORG', ['https://meta.discourse.org']],
    ['https://example.org:8443', ['https://example.org:8443']],
    ['example.org:8443/forum/', ['https://example.org:8443', 'https://example.org:8443/forum']],
    ['https://example.org/t/a-topic/12/3?u=eve#reply', ['https://example.org', 'https://example.org/t/a-topic/12/3']],
    [
      'https://example.org/forum/t/a-topic/12',
      ['https://example.org', 'https://example.org/forum', 'https://example.org/forum/t/a-topic/12'],
    ],
    ['localhost:4300', ['http://localhost:4300']],
    ['127.0.0.1:4300/forum', ['http://127.0.0.1:4300', 'http://127.0.0.1:4300/forum']],
    ['http://[::1]:4300', ['http://[::1]:4300']],
    ['bücher.example', ['https://xn--bcher-kva.example']],
    ['https://intranet', ['https://intranet']],
  ])('reads %j as %j', (text, bases) => {
    expect(readAddress(text)).toEqual({ ok: true, value: bases })
  })

  it.each([
    '',
    '   ',
    'hello',
    'hello world',
    'https://',
    'ftp://example.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://eve:secret@example.org',
    `https://example.org/${'x'.repeat(3000)}`,
  ])('refuses %j', (text) => {
    expect(readAddress(text)).toMatchObject({ failure: { code: 'address_invalid' } })
  })

  it('refuses to leave this computer without encryption', () => {
    expect(readAddress('http://example.org/forum')).toEqual({
      ok: false,
      failure: { code: 'address_not_encrypted', params: { host: 'example.org' } },
    })
    expect(readAddress('http://127.0.0.1.example.org')).toMatchObject({ failure: { code: 'address_not_encrypted' } })
  })

  it('does so when the user insists', () => {
    expect(readAddress('http://example.org/forum', true)).toEqual({
      ok: true,
      value: ['http://example.org', 'http://example.org/forum'],
    })
  })

  it('never throws, and gives bases without query, fragment, user or closing slash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true })), (text) => {
        const result = readAddress(text)
        if (!result.ok) return
        for (const base of result.value) {
          const url = new URL(base)
          expect([url.search, url.hash, url.username]).toEqual(['', '', ''])
          expect(base.endsWith('/')).toBe(false)
        }
      }),
    )
  })
})

describe('shownHost', () => {
  it('shows IDN in its own letters, with port and folder', () => {
    expect(shownHost('https://xn--bcher-kva.example:8443/forum')).toBe('bücher.example:8443/forum')
  })
})
