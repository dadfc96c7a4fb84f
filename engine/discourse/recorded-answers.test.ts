import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type RecordedAnswer, recordedAnswers, recordings } from '../../test/forum/contract/recorded-answers.ts'
import { readBusAlert } from './bus-alert.ts'
import { readBusNotification } from './bus-notification.ts'
import { createForumClient, type ForumClient } from './forum-client.ts'
import type { Http, HttpAnswer } from './http.ts'
import { httpError } from './http-error.ts'
import { readStatus, statusChannel } from './message-bus.ts'
import { readQuietUntil } from './quiet-message.ts'
import { basicInfoSchema, readJson } from './response-schemas.ts'

// What real servers of three versions answered (test/recorded) is read by the engine as what it was.

const base = 'https://forum.example'

const answerOf = ({ status, headers, body }: RecordedAnswer): HttpAnswer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: new Map(Object.entries(headers)), bytes: new TextEncoder().encode(text), text }
}
const clientFor = (recorded: RecordedAnswer): ForumClient => {
  const http: Http = { send: async () => ({ ok: true, value: answerOf(recorded) }), close: async () => undefined }
  return createForumClient(http, base, 'key')
}

const all = recordings.flatMap(({ folder }) =>
  recordedAnswers(folder).map((answer) => ({ ...answer, name: `${folder}/${answer.name}` })),
)
const has = (answer: RecordedAnswer, field: string): boolean =>
  answer.status === 200 && typeof answer.body === 'object' && answer.body !== null && field in answer.body
const withField = (field: string): readonly RecordedAnswer[] => all.filter((answer) => has(answer, field))
const each = (answers: readonly RecordedAnswer[]): readonly (readonly [string, RecordedAnswer])[] => {
  expect(answers.length).toBeGreaterThan(2)
  return answers.map((answer) => [answer.name, answer] as const)
}

describe('counts are read', () => {
  it.each(each(withField('topic_tracking')))('from the totals of %s', async (_, answer) => {
    const totals = await clientFor(answer).totals()
    expect(totals).toMatchObject({ ok: true, value: { username: 'eve', counts: { total: expect.any(Number) } } })
  })

  it.each(each(withField('current_user')))('from the session of %s', async (_, answer) => {
    const session = await clientFor(answer).session()
    expect(session).toMatchObject({
      ok: true,
      value: {
        userId: expect.any(Number),
        avatarTemplate: expect.stringContaining('{size}'),
        notificationPosition: -1,
      },
    })
  })
})

it.each(each(withField('header_background_color')))('the basic info of %s is read', (_, answer) => {
  const info = readJson(basicInfoSchema, answerOf(answer), 'https://forum.example')
  expect(info).toMatchObject({ ok: true, value: { title: expect.stringMatching(/Forum|2026/) } })
})

it.each(each(withField('notifications')))(
  'each row of %s is read, and leads somewhere on the forum',
  async (_, answer) => {
    const list = await clientFor(answer).notifications('eve', 50)
    if (!list.ok) throw new Error(list.failure.code)
    const { notifications: rows } = v.parse(v.object({ notifications: v.array(v.unknown()) }), answer.body)
    expect([list.value.skipped, list.value.items.length]).toEqual([0, rows.length])
    for (const { url } of list.value.items) expect(url).toMatch(/^https:\/\/forum\.example\//)
  },
)

const messagesSchema = v.array(v.object({ channel: v.string(), message_id: v.number(), data: v.unknown() }))
const busMessages = all.flatMap(({ name, status, body }) => {
  const chunks = typeof body === 'string' ? body.split('\r\n|\r\n') : []
  const parts = chunks.length > 1 ? chunks.filter((chunk) => chunk !== '').map((chunk) => JSON.parse(chunk)) : [body]
  return parts.flatMap((part) => {
    const messages = v.safeParse(messagesSchema, part)
    return status === 200 && messages.success ? messages.output.map((message) => ({ name, ...message })) : []
  })
})

it('bus messages of every channel are read', () => {
  const seen = new Set<string>()
  for (const { name, channel, data } of busMessages) {
    const kind = channel.replace(/\/\d+$/, '')
    seen.add(kind)
    switch (kind) {
      case statusChannel:
        expect(Object.keys(readStatus(data)).length, name).toBeGreaterThan(0)
        break
      case '/notification': {
        const read = readBusNotification(data, base, 'eve')
        expect(read?.last?.createdAt, name).toBeGreaterThan(Date.UTC(2026, 10, 25))
        expect(read?.recent?.length, name).toBeGreaterThan(0)
        break
      }
      case '/notification-alert':
        expect(readBusAlert(data, base, 'eve'), name).toMatchObject({
          ok: true,
          value: { excerpt: expect.any(String) },
        })
        break
      case '/do-not-disturb':
        expect(readQuietUntil(data), name).toBeNull()
        break
      default:
        throw new Error(`Nobody reads the channel ${channel}.`)
    }
  }
  expect([...seen].toSorted()).toEqual(['/__status', '/do-not-disturb', '/notification', '/notification-alert'])
})

it.each(each(all.filter(({ body }) => JSON.stringify(body) === '{"success":"OK"}')))(
  '%s is a change that is done',
  async (_, answer) => {
    expect(await clientFor(answer).markAllRead()).toEqual({ ok: true, value: null })
    expect(await clientFor(answer).revoke()).toEqual({ ok: true, value: null })
  },
)

/** What an answer that refuses means, by its status and the `error_type` that Discourse gives. */
const meanings: Readonly<Record<string, string>> = {
  '403 invalid_access': 'access_refused',
  '403 not_logged_in': 'key_header_stripped',
  '429 rate_limit': 'rate_limited',
  '503 read_only': 'read_only',
}
const errorSchema = v.object({ error_type: v.string() })
const refusals = all.flatMap((answer) => {
  const error = v.safeParse(errorSchema, answer.body)
  const meaning = error.success ? meanings[`${answer.status} ${error.output.error_type}`] : undefined
  return meaning === undefined ? [] : [[answer.name, meaning, answer] as const]
})

it.each(refusals)('%s is understood as %s', (_, meaning, answer) => {
  const failure = httpError(answerOf(answer), base)
  expect(failure.code).toBe(meaning)
  if (meaning === 'rate_limited') expect(failure.params?.['seconds']).toBe(Number(answer.headers['retry-after']))
})
