import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { folderOfPage, forumAddressIn } from './forum-address.ts'
import { pastedAddress } from './pasted-address.ts'

describe('the folder of a page', () => {
  it.each([
    ['/t/a-topic/12/3', ''],
    ['/u/eve/notifications', ''],
    ['/forum/t/a-topic/12', '/forum'],
    ['/a/b/latest', '/a/b'],
    ['/forum/latest.rss', '/forum'],
    ['/forum/notifications', '/forum'],
    ['/Forum/T/a-topic/12', '/Forum'],
    ['/forum', undefined],
    ['/', undefined],
  ])('of %j is %j', (pathname, folder) => {
    expect(folderOfPage(pathname)).toBe(folder)
  })
})

describe('the address of a forum in a text', () => {
  it.each([
    ['https://meta.discourse.org', 'https://meta.discourse.org'],
    ['https://meta.discourse.org/t/release/123?u=eve#post_4', 'https://meta.discourse.org'],
    ['Look at this: https://example.org:8443/forum/t/release/123).', 'https://example.org:8443/forum'],
    ['HTTPS://Meta.Discourse.ORG/', 'https://meta.discourse.org'],
    ['http://127.0.0.1:4300/', 'http://127.0.0.1:4300'],
    ['https://example.org/community/', 'https://example.org/community'],
    ['https://example.org/reset/3f9a0c/confirm', 'https://example.org'],
    [`https://example.org/${'f'.repeat(64)}`, 'https://example.org'],
    ['“https://bücher.example”', 'https://xn--bcher-kva.example'],
    ['‹https://example.org›', 'https://example.org'],
    ['「https://example.org/forum」をご覧ください', 'https://example.org/forum'],
    ['*https://example.org*', 'https://example.org'],
    ['\u202ahttps://example.org\u202c', 'https://example.org'],
    ['https://example.org/\u200e', 'https://example.org'],
    ['https://eve:secret@example.org', null],
    ['https://intranet/', null],
    ['meta.discourse.org', null],
    ['correct horse battery staple', null],
    ['ftp://example.org', null],
    ['https://', null],
    ['', null],
    [`${' '.repeat(2000)}https://example.org`, null],
  ])('of %j is %j', (text, address) => {
    expect(forumAddressIn(text)).toBe(address)
  })

  it('holds nothing of the text but host, port and at most a folder', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{8,40}$/).map((text) => `SECRET${text}`)
    fc.assert(
      fc.property(secret, secret, secret, secret, (before, query, fragment, path) => {
        const text = `${before} https://example.org/session/${path}?token=${query}#${fragment} ${before}`
        expect(forumAddressIn(text)).toBe('https://example.org')
      }),
    )
  })
})

describe('what is pasted as an address', () => {
  it.each([
    ['meta.discourse.org', 'meta.discourse.org'],
    [' example.org/forum\n', 'example.org/forum'],
    ['see https://meta.discourse.org/t/1', 'https://meta.discourse.org'],
    ['\u200bmeta.discourse.org', 'meta.discourse.org'],
    ['<meta.discourse.org>', 'meta.discourse.org'],
    ['view-source:https://meta.discourse.org/', 'https://meta.discourse.org'],
    ['[url=https://meta.discourse.org/latest]the forum[/url]', 'https://meta.discourse.org'],
    ['https%3A%2F%2Fmeta.discourse.org%2Flatest', 'https://meta.discourse.org'],
    ['[the forum](https://meta.discourse.org/latest)', 'https://meta.discourse.org'],
    ['eve@example.org', null],
    ['https://eve:secret@example.org', null],
    ['hello world.', null],
    ['hello', null],
  ])('of %j is %j', (text, address) => {
    expect(pastedAddress(text)).toBe(address)
  })
})
