import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { notificationJson, notificationSamples } from '../../test/rig/notification-samples.ts'
import { savedAccountSchema } from '../storage/saved-state.ts'
import { readBusAlert } from './bus-alert.ts'
import { requestDeviceGrant } from './device-flow.ts'
import { fetchImage } from './fetch-image.ts'
import type { Http } from './http.ts'
import { inspectSite } from './inspect-site.ts'
import { readNotifications } from './notification-item.ts'

// Whatever a forum sends, the addresses that browsers and other programs are given are the forum's own, as the URL parser
// writes them: not every program reads `http://forum\@evil/` as it does.

/** Everything in an address by which somebody might be led elsewhere. */
const tricks: readonly string[] = [
  ...[
    '//evil.example/x',
    '/\\evil.example/x',
    '\\\\evil.example\\x',
    '\\/evil.example',
    '/\t/evil.example',
    '///evil.example',
  ],
  ...[
    'https://evil.example/',
    'https:evil.example',
    'https:\\\\evil.example\\',
    'http://evil.example',
    'HTTPS://EVIL.EXAMPLE/',
  ],
  ...[
    'https://forum.example@evil.example/',
    'https://forum.example\\@evil.example/',
    'https://forum.example:p@evil.example/',
  ],
  ...[
    'https://evil.example\\@forum.example/talk/t/1',
    'https://user:password@forum.example/talk/t/1',
    'https://:p@forum.example/talk/t',
  ],
  ...[
    'https://forum.example%2eevil.example/',
    'https://forum.example%00.evil.example/',
    'https://forum.example\u0000.evil.example/',
  ],
  ...[
    'https://forum.example:8443/talk/t/1',
    'https://forum.example:443/talk/t/1',
    'https://forum.example:0/talk',
    'https://forum.example:99999/',
  ],
  ...[
    'https://forum。example/talk/t/1',
    'https://ｆorum.example/talk/t/1',
    'https://forum．evil.example/',
    'https://fоrum.example/talk/t/1',
  ],
  ...[
    'https://forum.example./talk/t/1',
    'https://forum.example.evil.example/talk/',
    'https://forum.exampl\u00ade/talk/t/1',
    'https://forum.example\u200b/talk',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://forum.example/%0aalert(1)',
  ],
  ...[
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'file://forum.example/talk/x',
    'vbscript:x',
    'blob:https://forum.example/1',
    'about:blank',
  ],
  ...[
    'discourse://auth_redirect?payload=x',
    'ms-msdt:/id',
    'smb://evil.example/x',
    'view-source:https://forum.example/talk/',
    'ftp://forum.example/talk/',
  ],
  ...[
    '/talk/../../x',
    '/talk/..%2f..%2fx',
    '/talk/%2e%2e/x',
    '/talk/..\\..\\x',
    '/talk/.%2e/x',
    '/talk/%252e%252e/x',
    '/talk/\t../x',
    '..',
    '.',
    '%2e%2e',
  ],
  ...[
    '/talk%2f..%2fx',
    '/talk/%5c%5cevil.example',
    '/talk/%00',
    '/talk/\u0000x',
    '/talk/a\r\nb',
    '/talk/a\u2028b',
    '/talk/a\u202eb',
    '/talk/\u001b[31mx',
  ],
  ...[
    '/talk/"><script>',
    "/talk/'onx=",
    '/talk/`$(id)`',
    '/talk/;id',
    '/talk/|id',
    '/talk/&calc',
    '/talk/--help',
    '--help',
    '-x',
    '$(id)',
    '%COMSPEC%',
  ],
  ...[
    '/talk/x?next=//evil.example',
    "/talk/x?a='b",
    '/talk/x#//evil.example',
    '/talk/x?a=\\\\b',
    '/talk/x y',
    '/talk/\ud800',
    '/talk/%',
    '/talk/%zz',
    '/talk/[',
    '?x',
    '#x',
    '',
  ],
  ...[
    'https://[::1]/talk',
    'https://forum.example]/',
    'https://[forum.example]/talk',
    'https:///forum.example/talk/x',
    'https://forum.example/talk//evil.example',
    '/talk//evil.example',
  ],
]

/** What is wrong with an address that is handed out for a site; empty when nothing is. */
const wrongWith = (address: string, base: string): readonly string[] => {
  const url = new URL(address)
  const site = new URL(base)
  const folder = site.pathname.replace(/\/+$/, '')
  return [
    ...(url.href === address ? [] : [`is not normalised: ${url.href}`]),
    ...(url.origin === site.origin && `${url.pathname}/`.startsWith(`${folder}/`) ? [] : ['leads elsewhere']),
    ...(url.username + url.password === '' ? [] : ['names a user']),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    ...(/[\s\\"<>`\u0000-\u0020\u007f-\uffff]/.test(address) ? ['has characters that are not for addresses'] : []),
  ]
}

/** Every text in an object replaced at once, and what plugins name addresses by added one at a time. */
const withText = (data: Readonly<Record<string, unknown>>, text: string): readonly Record<string, unknown>[] => [
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, typeof value === 'number' ? value : text])),
  ...['url', 'link', 'post_url', 'path', 'href', 'bookmarkable_url'].map((key) => ({ ...data, [key]: text })),
]

const bases = ['https://forum.example/talk', 'http://127.0.0.1:4200']
const answering = (json: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Http => ({
  send: async () =>
    ok({ status, headers: new Map(Object.entries(headers)), bytes: new Uint8Array(), text: JSON.stringify(json) }),
  close: async () => undefined,
})

/** What is wrong with the addresses that come of each trick. */
const wrongOf = async (base: string, addresses: (trick: string) => readonly string[] | Promise<readonly string[]>) => {
  const wrong: string[] = []
  for (const trick of tricks)
    for (const address of new Set(await addresses(trick)))
      wrong.push(...wrongWith(address, base).map((what) => `${address} ${what}`))
  return wrong
}

describe.each(bases)('whatever is sent at %s', (base) => {
  it('a row and a bus message lead to the forum', async () => {
    const wrong = await wrongOf(base, (trick) => {
      const rows = Object.values(notificationSamples).flatMap((sample) =>
        withText(sample.data, trick).flatMap((data) =>
          [{ slug: trick }, { topic_id: trick, post_number: trick }].map((changes) =>
            notificationJson({ ...sample, data }, changes),
          ),
        ),
      )
      const lists = rows.map((row) => readNotifications({ notifications: [row] }, base, trick))
      const data = { notification_type: 1, topic_id: 5, post_url: trick, username: trick }
      const alert = readBusAlert(data, base, trick)
      return [
        ...lists.flatMap((list) => (list.ok ? list.value.items.map(({ url }) => url) : [])),
        ...(alert.ok ? [alert.value.url] : []),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('the page for a code is one of the forum, or none', async () => {
    const grant = { device_code: 'a'.repeat(64), user_code: 'ABCD-EFGH', expires_in: 600, interval: 5 }
    const request = { base, clientId: 'c', nonce: 'n', publicKey: 'p', scopes: [], accessDays: null }
    const wrong = await wrongOf(base, async (trick) => {
      const granted = await requestDeviceGrant(answering({ ...grant, verification_uri_with_request: trick }), request)
      return granted.ok ? [granted.value.page] : []
    })
    expect(wrong).toEqual([])
  })

  it('a redirect leads to nothing but a site on the web', async () => {
    for (const trick of tricks) {
      const found = await inspectSite(answering({}, { location: trick }, 302), base, true)
      const address = found.ok ? base : String(found.failure.params?.['address'] ?? base)
      expect([trick, address]).toEqual([trick, siteOf(address)])
    }
  })

  it('a picture is fetched from the forum, or encrypted from elsewhere', async () => {
    for (const trick of tricks) {
      const asked: { readonly url: string; readonly publicOnly?: boolean }[] = []
      const send: Http['send'] = async (request) => {
        asked.push(request)
        return fail('connection_refused', { host: 'x' })
      }
      await fetchImage({ send, close: async () => undefined }, base, trick)
      for (const { url, publicOnly = false } of asked) {
        const { origin, protocol, username, password, href } = new URL(url)
        expect([href, username + password]).toEqual([url, ''])
        expect(publicOnly ? protocol : origin).toBe(publicOnly ? 'https:' : new URL(base).origin)
      }
    }
  })
})

/** The address of a site, as it has to be written. */
const siteOf = (address: string): string => {
  const { origin, protocol, pathname } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? origin + pathname.replace(/\/+$/, '') : 'no site'
}

it('an account that was saved is at a site on the web, or refused', () => {
  const account = {
    ...{ id: 'a', username: 'eve', userId: null, clientId: 'c', scopes: [], apiVersion: 4, approvedAt: 0 },
    ...{ expiresAt: null, refused: false, revoking: false },
  }
  for (const trick of tricks) {
    const saved = { ...account, site: { base: trick, host: 'x', title: 'x', color: null } }
    const read = v.safeParse(savedAccountSchema, saved)
    if (read.success) expect(read.output.site.base).toBe(siteOf(read.output.site.base))
  }
})
