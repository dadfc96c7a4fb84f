import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type RecordedAnswer, recordedAnswers, recordings } from '../../test/forum/contract/recorded-answers.ts'
import { hostileJson } from '../../test/forum/hostile-json.ts'
import { processorTime } from '../../test/rig/processor-time.ts'
import { seededRandom } from '../../test/rig/seeded-random.ts'
import { parseJson } from '../parsing/parse-json.ts'
import { readBusAlert } from './bus-alert.ts'
import { readBusNotification } from './bus-notification.ts'
import { createForumClient } from './forum-client.ts'
import type { Http, HttpAnswer } from './http.ts'
import { httpError } from './http-error.ts'
import { readStatus } from './message-bus.ts'
import { readQuietUntil } from './quiet-message.ts'
import { basicInfoSchema, readJson } from './response-schemas.ts'

// What a forum might answer if it wished the notifier ill: real answers with some values replaced (test/recorded,
// hostile-json.ts). Whatever reads them gives a value within bounds or a failure, and never throws.

const base = 'https://forum.example'
/** Answers for each endpoint. */
const rounds = 5000
/** What reading one answer may take, in milliseconds of the processor: the machine may be busy with other things. */
const slowest = 50

const recorded: readonly RecordedAnswer[] = recordings.flatMap(({ folder }) => recordedAnswers(folder))
const bodies = (isMeant: (body: Readonly<Record<string, unknown>>) => boolean): readonly unknown[] =>
  recorded.flatMap(({ body }) =>
    typeof body === 'object' && body !== null && !Array.isArray(body) && isMeant({ ...body }) ? [body] : [],
  )
const busData = (channel: string): readonly unknown[] =>
  recorded.flatMap(({ body }) => {
    const messages = v.safeParse(v.array(v.object({ channel: v.string(), data: v.unknown() })), body)
    return messages.success
      ? messages.output.filter((one) => one.channel.startsWith(channel)).map(({ data }) => data)
      : []
  })

const answer = (text: string, status = 200): HttpAnswer => ({
  status,
  headers: new Map([['content-type', 'application/json; charset=utf-8']]),
  bytes: new TextEncoder().encode(text),
  text,
})
const client = (text: string) => {
  const http: Http = { send: async () => ({ ok: true, value: answer(text) }), close: async () => undefined }
  return createForumClient(http, base, 'key')
}

/** No number out of range, no text without end, at any depth. */
const assertBounded = (value: unknown, at: string): void => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${at} is ${value}`)
  if (typeof value === 'string' && value.length > 20_000) throw new Error(`${at} has ${value.length} characters`)
  if (typeof value !== 'object' || value === null) return
  const inner: readonly unknown[] = value instanceof Map ? [...value] : Object.values(value)
  for (const each of inner) assertBounded(each, at)
}

type Reader = (text: string) => unknown
const endpoints: readonly (readonly [string, readonly unknown[], Reader])[] = [
  ['totals', bodies((body) => 'topic_tracking' in body), (text) => client(text).totals()],
  ['session', bodies((body) => 'current_user' in body), (text) => client(text).session()],
  ['list', bodies((body) => 'notifications' in body), (text) => client(text).notifications('eve', 50)],
  ['mark read', bodies((body) => 'success' in body), (text) => client(text).markRead(1)],
  ['revoke', bodies((body) => 'success' in body), (text) => client(text).revoke()],
  [
    'basic info',
    bodies((body) => 'header_background_color' in body),
    (text) => readJson(basicInfoSchema, answer(text), base),
  ],
  ['error', bodies((body) => 'error_type' in body), (text) => httpError(answer(text, 429), base)],
  ['bus: counts', busData('/notification/'), (text) => readBusNotification(parseJson(text), base, 'eve')],
  ['bus: alert', busData('/notification-alert/'), (text) => readBusAlert(parseJson(text), base, 'eve')],
  ['bus: status', busData('/__status'), (text) => readStatus(parseJson(text))],
  ['bus: quiet', busData('/do-not-disturb/'), (text) => readQuietUntil(parseJson(text))],
]

const timeOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('hostile JSON is read within bounds or refused', () => {
  it.each(endpoints)(`${rounds} times as %s`, async (_, samples, read) => {
    expect(samples.length).toBeGreaterThan(0)
    for (let seed = 0; seed < rounds; seed += 1) {
      const text = hostileJson(samples[seed % samples.length], seededRandom(seed).fraction)
      let took = await timeOf(() => read(text))
      // A collection of garbage may fall into any of them; a text that is slow by itself is slow each time.
      if (took >= slowest) took = await processorTime(() => read(text))
      expect(took, `milliseconds for seed ${seed}`).toBeLessThan(slowest)
      assertBounded(await read(text), `seed ${seed}`)
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
