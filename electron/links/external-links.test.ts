import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { sampleAccount, sampleAttempt, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { linkToOpen } from './external-links.ts'

const snapshot: Snapshot = sampleSnapshot({
  accounts: [
    sampleAccount({ id: 'a1' }, 'https://meta.example'),
    sampleAccount({ id: 'a2' }, 'https://host.example/forum'),
    sampleAccount({ id: 'a3' }, 'http://localhost:3000'),
    sampleAccount({ id: 'a4' }, 'https://port.example:8443'),
    sampleAccount({ id: 'a5' }, 'http://plain.example'),
  ],
  attempts: [
    sampleAttempt({ id: 'f00d' }, 'https://devtalk.example'),
    sampleAttempt({ id: 'dead', state: { kind: 'expired' } }, 'https://expired.example'),
  ],
})

const pages: Readonly<Record<string, string>> = {
  f00d: 'https://devtalk.example/user-api-key/new?nonce=1',
  beef: 'https://elsewhere.example/user-api-key/new?nonce=1',
}

const judge = (link: unknown) => linkToOpen(link, { snapshot, authorizeUrl: (attempt) => pages[attempt] })

describe('a link', () => {
  it.each([
    ['https://meta.example/u/eve/notifications'],
    ['https://meta.example/'],
    ['https://meta.example/t/topic/1?u=eve#reply'],
    ['https://host.example/forum'],
    ['https://host.example/forum/u/eve/preferences/apps'],
    ['http://localhost:3000/u/eve'],
    ['https://port.example:8443/latest'],
    // Added so on the user's word.
    ['http://plain.example/u/eve'],
    ['https://devtalk.example/user-api-key/new?nonce=1'],
  ])('to a known forum opens: %s', (link) => {
    expect(judge(link)).toBe(link)
  })

  it('to the releases page opens while a notice names it, and only that page', () => {
    const page = 'https://github.com/someone/discourse-notifier/releases'
    const judgeWith = (link: string, code: 'update_elsewhere' | 'settings_damaged', named = page) =>
      linkToOpen(link, {
        snapshot: sampleSnapshot({ notices: [{ id: 'n', failure: { code, params: { page: named } }, at: 0 }] }),
        authorizeUrl: () => undefined,
      })
    expect(judgeWith(page, 'update_elsewhere')).toBe(page)
    expect(judge(page)).toBeUndefined()
    expect(judgeWith(page, 'settings_damaged')).toBeUndefined()
    expect(judgeWith(`${page}/download/evil.exe`, 'update_elsewhere')).toBeUndefined()
    expect(judgeWith('https://evil.example/', 'update_elsewhere', 'https://evil.example/')).toBeUndefined()
  })

  it('to a waiting attempt opens the page where it is approved', () => {
    expect(judge('app://notifier/open/f00d')).toBe(pages['f00d'])
  })

  it.each([
    ['no string', 7],
    ['nothing', undefined],
    ['an empty text', ''],
    ['no address', 'meta.example'],
    ['another forum', 'https://evil.example/'],
    ['a forum below the name of a known one', 'https://sub.meta.example/'],
    ['a name that ends alike', 'https://notmeta.example/'],
    ['a name that begins alike', 'https://meta.example.evil.example/'],
    ['the known name as a user', 'https://meta.example@evil.example/'],
    ['a user on the known host', 'https://eve:secret@meta.example/'],
    ['plain http to a forum that is encrypted', 'http://meta.example/'],
    ['another port', 'https://meta.example:444/'],
    ['the usual port of a forum on another', 'https://port.example/'],
    ['loopback on another port', 'http://localhost:3001/'],
    ['loopback by another name', 'http://127.0.0.1:3000/'],
    ['outside the folder', 'https://host.example/'],
    ['a folder that begins alike', 'https://host.example/forums'],
    ['out of the folder by dots', 'https://host.example/forum/../admin'],
    ['out of the folder by encoded dots', 'https://host.example/forum/%2e%2e/admin'],
    ['out of the folder by backslashes', 'https://host.example/forum\\..\\admin'],
    ['a forum whose attempt has expired', 'https://expired.example/'],
    ['a file', 'file:///etc/passwd'],
    ['a network share', '\\\\evil.example\\share'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['mail', 'mailto:eve@meta.example'],
    ['a shell handler', 'ms-msdt:/id'],
    ['our own scheme', 'discourse://auth_redirect?payload=x'],
    ['an address in an address', 'blob:https://meta.example/1'],
    ['our page', 'app://notifier/index.html'],
    ['an attempt nobody knows', 'app://notifier/open/cafe'],
    ['an attempt on a forum nobody knows', 'app://notifier/open/beef'],
    ['an attempt with a path behind it', 'app://notifier/open/f00d/x'],
    ['an attempt with a query', 'app://notifier/open/f00d?x=1'],
    ['an attempt in another form', 'app://notifier/open/%66%30%30%64'],
    ['an attempt of another host', 'app://evil/open/f00d'],
    ['an attempt with a user', 'app://eve@notifier/open/f00d'],
    ['no attempt', 'app://notifier/open/'],
    ['too much', `https://meta.example/${'a'.repeat(20_000)}`],
  ])('that is %s is refused', (_what, link) => {
    expect(judge(link)).toBeUndefined()
  })
})
