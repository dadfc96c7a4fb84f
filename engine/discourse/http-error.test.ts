import { describe, expect, it } from 'vitest'
import { httpError } from './http-error.ts'

const html = { 'content-type': 'text/html; charset=utf-8' }
const json = { 'content-type': 'application/json; charset=utf-8' }

describe('an answer other than 200', () => {
  it.each([
    ['the web server while Discourse is rebuilt', 502, html, '<html>502 Bad Gateway', 'site_maintenance'],
    ['a maintenance page', 503, html, '<html>Back soon', 'site_maintenance'],
    ['a maintenance answer without a word', 503, {}, '', 'site_maintenance'],
    ['a forum that is only read', 503, json, '{"errors":["x"],"error_type":"read_only"}', 'read_only'],
    ['a forum that fails in JSON', 503, json, '{"errors":["x"]}', 'site_unavailable'],
    ['a fault of the forum', 500, html, '<html>', 'site_unavailable'],
    ['a slow forum behind its web server', 504, html, '<html>', 'site_unavailable'],
    ['a check for robots', 403, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
    ['a check for robots by 503', 503, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
    ['a check for robots by 429', 429, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'site_challenges'],
    ['a block by Cloudflare', 403, { ...html, server: 'cloudflare' }, '<html>', 'site_challenges'],
    ['somebody else’s 403', 403, html, '<html>', 'site_unavailable'],
    [
      'a key refused behind Cloudflare',
      403,
      { ...json, server: 'cloudflare' },
      '{"error_type":"invalid_access"}',
      'access_refused',
    ],
    ['a limit', 429, { 'retry-after': '7' }, 'Slow down', 'rate_limited'],
  ] as const)('%s', (_, status, headers, text, code) => {
    const answer = { status, headers: new Map(Object.entries(headers)), bytes: Buffer.from(text), text }
    expect(httpError(answer, 'https://forum.example')).toMatchObject({ code, params: { host: 'forum.example' } })
  })
})
