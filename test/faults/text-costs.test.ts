import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { tidyAddress } from '../../common/contract/pasted-address.ts'
import { readAddress } from '../../engine/discourse/address.ts'
import { readBusAlert } from '../../engine/discourse/bus-alert.ts'
import { fetchImage } from '../../engine/discourse/fetch-image.ts'
import { createForumClient } from '../../engine/discourse/forum-client.ts'
import type { Http, HttpAnswer } from '../../engine/discourse/http.ts'
import { httpError } from '../../engine/discourse/http-error.ts'
import { inspectSite } from '../../engine/discourse/inspect-site.ts'
import { parseAuthorizationResponse } from '../../engine/discourse/parse-authorization-response.ts'
import { retryAfterSeconds } from '../../engine/discourse/retry-after.ts'
import { isEncoded } from '../../engine/network/decode-body.ts'
import { readPacResult } from '../../engine/network/read-pac-result.ts'
import { redact } from '../../engine/storage/redact.ts'
import { processorTime } from '../rig/processor-time.ts'

// A text from outside may be as long as its reader allows. A regular expression that looks for the same end from every
// place takes quadratic time, which is seconds there. So every reader gets its longest text, made of one piece again and
// again, with an end that does not fit.

const pieces = [
  ...['\u009d', '\u009b', '\u001b]', '\u001b[0', '\u001b', '\u0301', '\u{1f468}\u200d', '\ud83d', '\u202e', '\u3164'],
  ...['/', '//', '/.', '../', '.', '..', 'a', 'A1', 'a.', 'ß', 'xn--', '_a', '-', '_', '1', '1 ', '+', '=', '@', '?'],
  ...[
    '?a',
    '#',
    ':',
    ':a',
    ':a:',
    '://',
    'a://',
    'http://',
    'http%3a',
    '%',
    '%25',
    '%253a',
    '%2F',
    '[',
    '{{',
    '(',
    ')',
  ],
  ...[
    '&',
    '&#',
    '&amp;',
    '&amp',
    '<',
    '<b ',
    '</',
    '<title> ',
    '"',
    '\\',
    ' ',
    '\t',
    '\n',
    '\r\n',
    ',',
    ', ',
    ';',
    '*',
  ],
]
const ends = ['x', '!', '\u001b\u0001', ' ']

const textOf = (piece: string, end: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length - end.length) + end

/** As Node reads the UTF-8 of a header: each byte is a character. */
const headerOf = (text: string): string => Buffer.from(text).toString('latin1').slice(-longestHeader)
const longestHeader = 64_000

const base = 'https://forum.example/talk'
const answer = (status: number, headers: Readonly<Record<string, string>>, text = ''): HttpAnswer => ({
  status,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, headerOf(value)])),
  bytes: new Uint8Array(),
  text,
})
const httpWith = (given: HttpAnswer): Http => ({
  send: async () => ok(given),
  close: async () => undefined,
})
const rowOf = (text: string, index: number): object => ({
  ...{ id: index + 1, read: false, created_at: '2026-01-01T00:00:00Z', post_number: 1, topic_id: index + 1 },
  ...{ notification_type: [1, 2, 5, 6, 12, 16, 25, 29, 800][index % 9], fancy_title: text, slug: text },
  ...{ acting_user_name: text, acting_user_avatar_template: text },
  data: Object.fromEntries(
    [
      ...['topic_title', 'display_username', 'username', 'username2', 'name2', 'group_name', 'message', 'title'],
      ...['excerpt', 'identifier', 'reaction_icon', 'url', 'bookmarkable_url'],
    ].map((name) => [name, text]),
  ),
})

/** By what they read: the length of the longest text, in UTF-16 units, and the readers. */
const readers: Readonly<Record<string, readonly [longest: number, read: (text: string) => unknown]>> = {
  'where a redirect leads': [
    longestHeader,
    (text) => {
      for (const location of [
        `https://other.example/${text}/notifications.json`,
        `https://other.example/${text}`,
        text,
      ])
        httpError(answer(301, { location }), base)
    },
  ],
  'the other headers of an answer': [
    longestHeader,
    (text) => {
      retryAfterSeconds(answer(429, { 'retry-after': text, date: text }).headers)
      httpError(answer(403, { 'content-type': text, server: text, 'cf-mitigated': text }), base)
      isEncoded(headerOf(text))
    },
  ],
  'where a forum leads that is being added': [
    longestHeader,
    (text) => {
      const redirect = answer(302, { location: `/${text}/user-api-key/new` })
      const answers = [redirect, answer(404, {})]
      const http: Http = { ...httpWith(redirect), send: async () => ok(answers.shift() ?? answer(500, {})) }
      return inspectSite(http, 'https://forum.example')
    },
  ],
  'where a picture is': [longestHeader, (text) => fetchImage(httpWith(answer(302, { location: text })), base, '/icon')],
  'what a forum says about itself': [
    longestHeader,
    (text) =>
      inspectSite(
        httpWith(
          answer(200, { 'auth-api-version': '4' }, JSON.stringify({ title: text, header_background_color: text })),
        ),
        base,
      ),
  ],
  'the rows of a list': [
    2400,
    (text) => {
      const rows = { notifications: Array.from({ length: 8 }, (_, index) => rowOf(text, index)) }
      return createForumClient(httpWith(answer(200, {}, JSON.stringify(rows))), base, 'key').notifications('eve', 50)
    },
  ],
  'a bus message': [
    64_000,
    (text) => {
      const texts = { topic_title: text, excerpt: text, username: text, group_name: text, post_url: text }
      readBusAlert({ notification_type: 1, ...texts }, base, 'eve')
    },
  ],
  'a discourse: address': [
    19_900,
    (text) => {
      parseAuthorizationResponse(`discourse://auth_redirect?payload=${text}`)
      parseAuthorizationResponse(`discourse:${text}`)
    },
  ],
  'a code that was pasted': [19_900, parseAuthorizationResponse],
  'an address that was typed': [2000, (text) => [readAddress(text), tidyAddress(`http${text}`)]],
  'what a proxy script returned': [20_000, readPacResult],
  'a line of the log': [64_000, redact],
}

describe('in less than 50 ms is read', () => {
  it.each(Object.entries(readers))('%s', async (_, [longest, read]) => {
    const slow: string[] = []
    for (const piece of pieces) {
      for (const end of ends) {
        const text = textOf(piece, end, longest)
        const cost = await processorTime(() => read(text))
        if (cost >= 50) slow.push(`${JSON.stringify(piece)} … ${JSON.stringify(end)}: ${Math.round(cost)} ms`)
      }
    }
    expect(slow).toEqual([])
  })
})
