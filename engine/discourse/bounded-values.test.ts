import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { notificationJson, notificationSamples, notificationVariants } from '../../test/rig/notification-samples.ts'
import { fc } from '../../test/rig/properties.ts'
import { requestDeviceGrant } from './device-flow.ts'
import { createForumClient } from './forum-client.ts'
import type { Http } from './http.ts'
import { inspectSite } from './inspect-site.ts'

// A malicious forum in every text and every number it can send.

const base = 'https://forum.example'

/** An `Http` whose every answer is this JSON text. */
const answering = (text: string): Http => ({
  send: async () => {
    const headers = new Map([
      ['auth-api-version', '4'],
      ['content-type', 'application/json'],
    ])
    return ok({ status: 200, headers, bytes: Buffer.from(text), text })
  },
  close: async () => undefined,
})

const readers = {
  'basic-info': {
    sample: {
      title: 'Meta',
      header_background_color: 'fff',
      header_primary_color: '333333',
      apple_touch_icon_url: 'https://forum.example/icon.png',
    },
    read: (http: Http) => inspectSite(http, base),
  },
  totals: {
    sample: {
      username: 'eve',
      unread_notifications: 3,
      unread_personal_messages: 1,
      unseen_reviewables: 2,
      topic_tracking: { new: 10, unread: 1 },
      group_inboxes: [{ group_id: 41, group_name: 'helpers', count: 4 }],
      chat_notifications: 3,
    },
    read: (http: Http) => createForumClient(http, base, 'k').totals(),
  },
  session: {
    sample: {
      current_user: {
        id: 2,
        username: 'eve',
        avatar_template: '/letter/{size}.png',
        unread_notifications: 3,
        unread_high_priority_notifications: 9,
        all_unread_notifications_count: 12,
        new_personal_messages_notifications_count: 2,
        grouped_unread_notifications: { 6: 3 },
        unseen_reviewable_count: 1,
        notification_channel_position: 4,
        do_not_disturb_channel_position: 2,
        do_not_disturb_until: '2026-11-25T22:49:03.909Z',
      },
    },
    read: (http: Http) => createForumClient(http, base, 'k').session(),
  },
  list: {
    sample: {
      notifications: [
        ...Object.values(notificationSamples).map((sample) => notificationJson(sample)),
        ...notificationVariants.map((sample) => notificationJson(sample, sample.item)),
      ],
      seen_notification_id: 5,
    },
    read: (http: Http) => createForumClient(http, base, 'k').notifications('eve', 50),
  },
  device: {
    sample: {
      device_code: 'a'.repeat(64),
      user_code: 'ABCD-EFGH',
      verification_uri_with_request: `${base}/user-api-key/activate?request=abcdefgh`,
      expires_in: 600,
      interval: 5,
    },
    read: (http: Http) =>
      requestDeviceGrant(http, { base, clientId: 'c', nonce: 'n', publicKey: 'p', scopes: [], accessDays: null }),
  },
} as const

type Path = readonly (string | number)[]

const leavesOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [path]

/** The JSON text of a value with one leaf replaced by other JSON text. */
const withLeaf = (value: unknown, path: Path, text: string): string => {
  const mark = 'HOSTILE-LEAF'
  const replace = (inner: unknown, [step, ...rest]: Path): unknown => {
    if (step === undefined) return mark
    if (Array.isArray(inner)) return inner.map((each, index) => (index === step ? replace(each, rest) : each))
    return { ...(inner as object), [step]: replace((inner as Record<string, unknown>)[step], rest) }
  }
  return JSON.stringify(replace(value, path)).replace(`"${mark}"`, () => text)
}

const nasty = fc.constantFrom(
  '\u202e',
  '\u2066',
  '\n',
  '\r\n',
  '\u001b[31m',
  '\u001b]0;x\u0007',
  '\u0000',
  '\u2028',
  '\u009b',
  '\u200f',
  '\ufeff',
  '&#8238;',
  '&#x1b;',
  '\ud800',
  'Kite',
  ':tada:',
  ' ready http://evil.example ',
)
const hostileText = fc.oneof(
  fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.nat(3).map((size) => `Kite${'\u202e long'.repeat(10 ** size * 20)}`),
  fc.string({ unit: 'binary' }),
)
const hostile = fc.oneof(
  hostileText.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '1e400',
    '-1e400',
    '1e308',
    '-1',
    '0.5',
    '9007199254740993',
    'null',
    'true',
    '[]',
    '{}',
    '"1e400"',
    '[1e400]',
  ),
)

const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

const expectBounded = (value: unknown): void => {
  if (typeof value === 'string') {
    expect(forbidden.test(value)).toBe(false)
    expect(value.length).toBeLessThanOrEqual(2100)
  } else if (typeof value === 'number') {
    expect(Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER).toBe(true)
  } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) expectBounded(inner)
}

/** Of a list one list for each row: the same rows are read, and a hundred times as fast. */
const smallest = (sample: (typeof readers)[keyof typeof readers]['sample']): readonly object[] =>
  'notifications' in sample ? sample.notifications.map((row) => ({ ...sample, notifications: [row] })) : [sample]

describe.each(Object.entries(readers))('%s', (_, { sample, read }) => {
  it('is read as it is', async () => {
    const result = await read(answering(JSON.stringify(sample)))
    expect(result.ok).toBe(true)
    expectBounded(result)
  })

  it('yields clean text and finite numbers, whatever one value is replaced by', async () => {
    const places = smallest(sample).flatMap((part) => leavesOf(part).map((leaf) => ({ part, leaf })))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), hostile, async ({ part, leaf }, text) => {
        const result = await read(answering(withLeaf(part, leaf, text)))
        expectBounded(result)
        if (!result.ok) expect(['answer_unreadable', 'unexpected_answer']).toContain(result.failure.code)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('one bad value', () => {
  const list = readers.list.sample

  it('costs one row of the list at most', async () => {
    const [other] = list.notifications
    const places = smallest(list).flatMap((part) => leavesOf(part).map((leaf) => ({ part, leaf })))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), hostile, async ({ part, leaf }, text) => {
        if (leaf[0] !== 'notifications') return
        // Behind the row with the bad value stands a good one.
        const { notifications, ...rest } = JSON.parse(withLeaf(part, leaf, '"MARK"'))
        const json = JSON.stringify({ ...rest, notifications: [...notifications, other] }).replace('"MARK"', () => text)
        const result = await readers.list.read(answering(json))
        expect(result.ok && result.value.items.length >= 1).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('costs one count, unless it is the one that all forums send', async () => {
    for (const path of leavesOf(readers.totals.sample)) {
      const result = await readers.totals.read(answering(withLeaf(readers.totals.sample, path, '1e400')))
      expect(result.ok).toBe(path[0] !== 'unread_notifications')
    }
  })
})

it('a title is one line of at most 100 characters', async () => {
  const title = `Kite\u202eforum\nline two${' long'.repeat(400)}`
  const found = await inspectSite(answering(JSON.stringify({ title })), base)
  expect(found.ok && found.value.site.title).toMatch(/^Kiteforum line two long.*…$/)
  expect(found.ok && found.value.site.title.length).toBeLessThanOrEqual(100)
})

it('the schemas have no unbounded text or number', () => {
  const source = readFileSync(new URL('./response-schemas.ts', import.meta.url), 'utf8')
  const bare = source.match(/^.*(?:v\.optional|v\.nullable|:) ?\(?v\.(?:string|number)\(\).*$/gm) ?? []
  expect(bare).toEqual([])
})
