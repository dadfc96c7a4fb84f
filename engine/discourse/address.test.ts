import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
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
    ['<https://example.org/>', ['https://example.org']],
    ['"https://example.org"', ['https://example.org']],
    ['https:/example.org', ['https://example.org']],
    ['https:example.org', ['https://example.org']],
    ['https//example.org', ['https://example.org']],
    ['https:\\\\example.org', ['https://example.org']],
    ['//example.org/forum', ['https://example.org', 'https://example.org/forum']],
    ['https://https://example.org', ['https://example.org']],
    ['[The forum](https://example.org/forum "title")', ['https://example.org', 'https://example.org/forum']],
    ['[example.org](<https://example.org>)', ['https://example.org']],
    ['view-source:https://example.org/', ['https://example.org']],
    ['\u200bexample.org', ['https://example.org']],
    ['exam\u00adple.org\u200e', ['https://example.org']],
    ['\u202ahttps://example.org\u202c', ['https://example.org']],
    ['https://example.org.', ['https://example.org']],
    ['example.org.:8443/', ['https://example.org:8443']],
    ['http://127.0.0.1.:4300', ['http://127.0.0.1:4300']],
    ['http://127.0.0.1.', ['http://127.0.0.1']],
    ['::1', ['http://[::1]']],
    ['2001:db8::1/forum', ['https://[2001:db8::1]', 'https://[2001:db8::1]/forum']],
    ['http://::1/', ['http://[::1]']],
    ['[::1]:4300', ['http://[::1]:4300']],
    ['[2001:db8::1]/forum', ['https://[2001:db8::1]', 'https://[2001:db8::1]/forum']],
    ['https：//example．org／forum', ['https://example.org', 'https://example.org/forum']],
    ['ttps://example.org', ['https://example.org']],
    ['<a href="https://example.org/forum">Forum</a>', ['https://example.org', 'https://example.org/forum']],
    ['「https://example.org」をご覧ください', ['https://example.org']],
    ['https.example.org', ['https://https.example.org']],
    ['see https://example.org/forum, it is nice', ['https://example.org', 'https://example.org/forum']],
    ['our forum: example.org.', ['https://example.org']],
    ['https://example.org/Forum', ['https://example.org', 'https://example.org/forum', 'https://example.org/Forum']],
    [
      'https://example.org/FORUM/t/x/12',
      [
        'https://example.org',
        'https://example.org/forum',
        'https://example.org/FORUM',
        'https://example.org/forum/t/x/12',
        'https://example.org/FORUM/t/x/12',
      ],
    ],
    ['[url=https://example.org/forum]Forum[/url]', ['https://example.org', 'https://example.org/forum']],
    ['[url]https://example.org[/url]', ['https://example.org']],
    ['https%3A%2F%2Fexample.org%2Fforum', ['https://example.org', 'https://example.org/forum']],
    ['https%253A%252F%252Fexample.org', ['https://example.org']],
    ['https&#58;//example.org', ['https://example.org']],
    ['https://example.org…', ['https://example.org']],
    ['://example.org', ['https://example.org']],
    ['https:://example.org', ['https://example.org']],
    ['https;//example.org', ['https://example.org']],
    ['https.//example.org', ['https://example.org']],
    ['htps://example.org', ['https://example.org']],
    ['htttps://example.org', ['https://example.org']],
    ['http s://example.org', ['https://example.org']],
    ['https ://example.org', ['https://example.org']],
    ['https:// example.org', ['https://example.org']],
    [
      'https://example.org/forum/a/page?x',
      [
        'https://example.org',
        'https://example.org/forum',
        'https://example.org/forum/a',
        'https://example.org/forum/a/page',
      ],
    ],
    [
      'https://example.org/v/w/x/y/z',
      ['https://example.org', 'https://example.org/v', 'https://example.org/v/w', 'https://example.org/v/w/x/y/z'],
    ],
    [
      'https://example.org/forum/latest.rss',
      ['https://example.org', 'https://example.org/forum', 'https://example.org/forum/latest.rss'],
    ],
    ['127.0.0.1:4300\\@evil.example/', ['http://127.0.0.1:4300', 'http://127.0.0.1:4300/@evil.example']],
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

  it('refuses plain http beyond this computer', () => {
    expect(readAddress('http://example.org/forum')).toEqual({
      ok: false,
      failure: { code: 'address_not_encrypted', params: { host: 'example.org' } },
    })
    expect(readAddress('http://127.0.0.1.example.org')).toMatchObject({ failure: { code: 'address_not_encrypted' } })
  })

  it('accepts it when the user insists', () => {
    expect(readAddress('http://example.org/forum', true)).toEqual({
      ok: true,
      value: ['http://example.org', 'http://example.org/forum'],
    })
  })

  it('finds the same forum whatever surrounds the pasted address', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    const host = fc.tuple(label, fc.constantFrom('example', 'org', 'co.uk')).map((parts) => parts.join('.'))
    const folder = fc.option(
      label.map((name) => `/x${name}x`),
      { nil: '' },
    )
    const scheme = fc.constantFrom('https://', 'HTTPS://', 'https:/', 'https:', 'https:///', 'https:\\\\', '', '//')
    const wrap = fc.constantFrom(
      ['', ''],
      ['<', '>'],
      ['"', '"'],
      ['“', '”'],
      ['„', '“'],
      ['«', '»'],
      ["'", "'"],
      ['`', '`'],
      ['(', ')'],
      ['[here](', ')'],
      ['**', '**'],
      ['view-source:', ''],
      ['look at ', ' please'],
      ['forum: ', ' !'],
      ['\n\t', '\u00a0\n'],
      ['', '/'],
      ['', '/?u=eve#x'],
      ['', '.'],
      ['', ','],
    )
    const hidden = fc.constantFrom('', '\u200b', '\u200e', '\ufeff', '\u00ad', '\u2060', '\u202a')
    fc.assert(
      fc.property(host, folder, scheme, wrap, hidden, hidden, (name, path, start, [before, after], first, last) => {
        // A dot closes a host, not a folder.
        fc.pre(!(after === '.' && path !== ''))
        const text = `${first}${before}${first}${start}${name}${last}${path}${last}${after}${last}`
        const bases = [`https://${name}`, ...(path === '' ? [] : [`https://${name}${path}`])]
        expect(readAddress(text)).toEqual({ ok: true, value: bases })
      }),
      { numRuns: 5000 },
    )
  })

  it('never throws, and returns bases without query, fragment, user or trailing slash', () => {
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
