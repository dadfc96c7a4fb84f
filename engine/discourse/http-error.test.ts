import { describe, expect, it } from 'vitest'
import { httpError, isSuccess, redirectOf, type Situation, unreadable } from './http-error.ts'

const html = { 'content-type': 'text/html; charset=utf-8' }
const json = { 'content-type': 'application/json; charset=utf-8' }
const base = 'https://forum.example'

const answerOf = (status: number, headers: Readonly<Record<string, string>>, text: string) => ({
  status,
  headers: new Map(Object.entries(headers)),
  bytes: Buffer.from(text),
  text,
})

const situations: readonly Situation[] = ['adding', 'polling', 'revoking', 'marking']

/** The same in every situation: who gave the answer is what counts. */
const answers: readonly (readonly [string, number, Readonly<Record<string, string>>, string, string])[] = [
  ['a forum that is only read', 503, json, '{"errors":["x"],"error_type":"read_only"}', 'read_only'],
  ['a check for robots', 403, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
  ['a check for robots by 503', 503, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
  ['a check for robots by 429', 429, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
  ['a block by Cloudflare', 403, { ...html, server: 'cloudflare' }, '<html>', 'site_challenges'],
  ['a firewall', 403, { ...html, server: 'awselb/2.0' }, '<html>403 Forbidden', 'firewall_refuses'],
  ['a firewall without a word', 403, {}, '', 'firewall_refuses'],
  ['a forum that takes us for a crawler', 403, { 'content-type': 'text/plain' }, 'Not allowed!', 'firewall_refuses'],
  [
    'the password of a web server',
    401,
    { ...html, 'www-authenticate': 'Basic realm="x"' },
    '<html>',
    'server_password',
  ],
  ['a network that wants a login', 511, html, '<html>', 'network_login'],
  ['a portal', 302, { location: 'http://login.wifi.example/portal' }, '', 'network_login'],
  ['a portal that says for good', 301, { location: 'http://login.wifi.example/portal' }, '', 'network_login'],
  ['a gate of a company', 302, { location: 'https://sso.corp.example/start?to=x' }, '', 'network_login'],
  ['a login page of the web server', 302, { location: '/oauth2/sign_in' }, '', 'network_login'],
  [
    'a gate that keeps where the visitor wanted to go',
    302,
    { location: 'https://gate.isp.example/auD?origurl=https%3A%2F%2Fforum.example%2Fnotifications.json' },
    '',
    'network_login',
  ],
  ['an identity provider', 302, { location: 'https://fs.corp.example/adfs/ls/?wa=wsignin1.0' }, '', 'network_login'],
  ['another one', 302, { location: 'https://corp.example/app/x?SAMLRequest=fZJ' }, '', 'network_login'],
  ['the page for guests of a network', 307, { location: 'https://guest.hotel.example/' }, '', 'network_login'],
  ['a proxy on the way that wants a name', 407, html, '<html>', 'network_login'],
  ['a check for robots by 202', 202, { 'x-amzn-waf-action': 'challenge' }, '', 'site_challenges'],
  ['a check for robots by 405', 405, { ...html, 'x-amzn-waf-action': 'captcha' }, '', 'site_challenges'],
  ['an old check for robots', 503, html, '<title>Just a moment...</title>', 'site_challenges'],
  ['a page on the same host in its place', 302, { location: '/welcome.html' }, '', 'unexpected_answer'],
  ['a forum that moved into a folder', 301, { location: '/forum/notifications/totals.json' }, '', 'site_moved'],
  ['a forum that moved', 301, { location: 'https://new.example/notifications/totals.json' }, '', 'site_moved'],
  ['a forum that moved with its front page', 308, { location: 'https://new.example/' }, '', 'site_moved'],
  [
    'another host that stands in for a while',
    302,
    { location: 'https://new.example/session/current.json' },
    '',
    'site_redirects_temporarily',
  ],
  ['a status page', 307, { location: 'https://status.example/' }, '', 'site_redirects_temporarily'],
  ['a domain that is for sale', 303, { location: 'https://parked.example/x' }, '', 'site_redirects_temporarily'],
  ['the login of a forum’s own provider', 302, { location: '/session/sso?return_path=%2F' }, '', 'network_login'],
  ['a check for cookies', 302, { location: '/notifications.json?checked=1' }, '', 'site_challenges'],
  ['a slash added to every address', 301, { location: '/notifications.json/' }, '', 'unexpected_answer'],
  ['304, which moves nothing', 304, {}, '', 'unexpected_answer'],
  ['304 with an address', 304, { location: 'https://new.example/' }, '', 'unexpected_answer'],
  ['a redirect without an address', 302, {}, '', 'unexpected_answer'],
  ['a key refused', 403, json, '{"error_type":"invalid_access"}', 'access_refused'],
  [
    'a key refused behind Cloudflare',
    403,
    { ...json, server: 'cloudflare' },
    '{"error_type":"invalid_access"}',
    'access_refused',
  ],
  [
    'a key refused with details of another shape',
    403,
    json,
    '{"error_type":"invalid_access","extras":"x"}',
    'access_refused',
  ],
  ['a check for robots by Vercel', 429, { ...html, 'x-vercel-mitigated': 'challenge' }, '<html>', 'site_challenges'],
  ['a check for robots in another language', 403, html, '<script>window._cf_chl_opt = {}</script>', 'site_challenges'],
  [
    'a page with its type in capitals',
    403,
    { 'content-type': 'TEXT/HTML', server: 'cloudflare' },
    '',
    'site_challenges',
  ],
  ['a key taken out on the way', 403, json, '{"error_type":"not_logged_in"}', 'key_header_stripped'],
  ['a limit', 429, { 'retry-after': '7' }, 'Slow down', 'rate_limited'],
  ['a page that is not there', 404, html, '<html>', 'unexpected_answer'],
]

/** By situation: adding, polling, revoking, marking. */
const troubles: readonly (readonly [string, number, Readonly<Record<string, string>>, string, readonly string[]])[] = [
  [
    'the web server while Discourse is rebuilt',
    502,
    html,
    '<html>',
    ['site_busy', 'site_maintenance', 'revocation_waits', 'site_busy'],
  ],
  [
    'a maintenance page on the same host',
    302,
    { location: 'https://forum.example/maintenance.html' },
    '',
    ['site_busy', 'site_maintenance', 'revocation_waits', 'site_busy'],
  ],
  ['a maintenance page', 503, html, '<html>', ['site_busy', 'site_maintenance', 'revocation_waits', 'site_busy']],
  [
    'a maintenance answer without a word',
    503,
    {},
    '',
    ['site_busy', 'site_maintenance', 'revocation_waits', 'site_busy'],
  ],
  [
    'a forum that fails in JSON',
    503,
    json,
    '{"errors":["x"]}',
    ['site_busy', 'site_unavailable', 'revocation_waits', 'site_busy'],
  ],
  ['a fault of the forum', 500, html, '<html>', ['site_busy', 'site_unavailable', 'revocation_waits', 'site_busy']],
  [
    'a slow forum behind its web server',
    504,
    html,
    '<html>',
    ['site_busy', 'site_unavailable', 'revocation_waits', 'site_busy'],
  ],
  [
    'a 403 of another kind',
    403,
    json,
    '["BAD CSRF"]',
    ['site_busy', 'site_unavailable', 'revocation_waits', 'site_busy'],
  ],
]

describe('an error response', () => {
  describe.each(situations)('while %s', (situation) => {
    it.each(answers)('from %s', (_, status, headers, text, code) => {
      const failure = httpError(answerOf(status, headers, text), base, situation)
      expect(failure).toMatchObject({ code, params: { host: 'forum.example' } })
    })

    it.each(troubles)('from %s', (_, status, headers, text, codes) => {
      const failure = httpError(answerOf(status, headers, text), base, situation)
      expect(failure.code).toBe(codes[situations.indexOf(situation)])
    })
  })

  it('names where a forum has moved; with the scheme if only that has changed', () => {
    const to = (location: string, site = base) => httpError(answerOf(301, { location }, ''), site).params?.['target']
    expect(to('https://new.example/site/basic-info.json')).toBe('new.example')
    expect(to('https://new.example/forum/site/basic-info.json')).toBe('new.example/forum')
    expect(to('https://new.example/')).toBe('new.example')
    expect(to('/forum/notifications.json')).toBe('forum.example/forum')
    expect(to('/notifications.json', 'https://forum.example/forum')).toBe('forum.example')
    expect(to('https://forum.example/notifications.json', 'http://forum.example')).toBe('https://forum.example')
  })
})

it('a site with a login word in its name is not a login page', () => {
  const target = redirectOf(answerOf(302, { location: 'https://authors.lessons.example/' }, ''), base)
  expect(target).toMatchObject({ host: 'authors.lessons.example' })
})

it('a response modified by a proxy counts as success', () => {
  expect([200, 203, 204, 206, 304, 500].filter((status) => isSuccess({ status }))).toEqual([200, 203])
})

describe('a response with the right status that is not the expected JSON', () => {
  it.each([
    ['a page', html, '<p>Hotel login', 'network_login'],
    ['a page without a type', {}, ' <!DOCTYPE html><title>Welcome', 'network_login'],
    ['a page that begins with a comment', {}, '<!-- hotel --><html>', 'network_login'],
    ['a page of XML', {}, '<?xml version="1.0"?><html>', 'network_login'],
    ['a page that is a script', {}, '\ufeff<script>location = "/login"</script>', 'network_login'],
    ['a page with the type of JSON', json, '<html>', 'network_login'],
    ['a page with its type in capitals', { 'content-type': 'TEXT/HTML' }, 'Welcome', 'network_login'],
    ['a check for robots', html, '<iframe src="/_Incapsula_Resource?x">', 'site_challenges'],
    ['another one', html, '<script src="/.within.website/x/cmd/anubis/main.mjs">', 'site_challenges'],
    ['other JSON', json, '{"failed":"FAILED"}', 'answer_unreadable'],
    ['nothing', {}, '', 'answer_unreadable'],
  ] as const)('is %s', (_, headers, text, code) => {
    expect(unreadable(answerOf(200, headers, text), base)).toEqual({
      code,
      params: { host: 'forum.example' },
    })
  })
})

it.each([
  ['42', 42],
  ['"42"', 42],
  ['3.2', 4],
  ['-1', 60],
  ['null', 60],
  ['1e999', 86_400],
  ['"soon"', 60],
])('waits as long as the body says: %s', (said, seconds) => {
  const text = `{"error_type":"rate_limit","extras":{"wait_seconds":${said}}}`
  expect(httpError(answerOf(429, json, text), base).params).toMatchObject({ seconds })
})

it('names the address of a forum without encryption, for the browser', () => {
  const plain = 'http://forum.example:8080/f'
  const params = { host: 'forum.example:8080/f', address: plain }
  expect(httpError(answerOf(511, html, ''), plain)).toEqual({ code: 'network_login', params })
  expect(httpError(answerOf(403, html, ''), plain)).toEqual({ code: 'firewall_refuses', params })
  expect(unreadable(answerOf(200, html, ''), plain)).toEqual({ code: 'network_login', params })
})
