import { describe, expect, it } from 'vitest'
import { processorTime } from '../../test/rig/processor-time.ts'
import { fc } from '../../test/rig/properties.ts'
import { createBusStream } from '../discourse/bus-stream.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http, HttpAnswer } from '../discourse/http.ts'
import { parseBoundedJson } from './parse-bounded-json.ts'

// A forum may answer with up to two megabytes of anything. However it is made, reading it must not keep the loop busy for
// longer than 50 ms: all other forums, the page and the tray wait meanwhile.

const size = 1_900_000
const fill = (part: string): string => part.repeat(Math.floor(size / part.length))

const shapes: readonly (readonly [string, string])[] = [
  ['lists in lists', fill('[') + fill(']')],
  ['objects in objects', fill('{"a":')],
  ['numbers', `[${fill('0,')}0]`],
  ['long numbers', `[${fill('1.2345678901234567e-300,')}0]`],
  ['empty objects', `[${fill('{},')}0]`],
  ['empty lists', `[${fill('[],')}0]`],
  ['short texts', `[${fill('"ab",')}0]`],
  ['keys', `{${Array.from({ length: 100_000 }, (_, index) => `"key${index}":1`).join(',')}}`],
  ['as many keys as are read', `{${Array.from({ length: 9_500 }, (_, index) => `"key${index}":1`).join(',')}}`],
  ['numbers for keys', `{${Array.from({ length: 100_000 }, (_, index) => `"${index * 7919}":1`).join(',')}}`],
  ['one text', `"${fill('e')}"`],
  ['one text of escapes', `"${fill('\\u0041')}"`],
  ['one text of backslashes', `"${fill('\\\\')}"`],
  ['one text of escaped quotes', `"${fill('\\"')}"`],
  ['spaces', fill(' ')],
  ['a text without end', `"${fill('\\\\\\')}`],
  ['markup', `<${fill('<a ')}`],
]

/** Where such a thing can stand in an answer that is otherwise as it should be. */
const places: readonly (readonly [string, (shape: string) => string])[] = [
  ['the whole', (shape) => shape],
  [
    'one field of each',
    (shape) =>
      `{"unread_notifications":1,"username":${shape},"notifications":${shape},"current_user":{"id":1,"username":"eve","grouped_unread_notifications":${shape}}}`,
  ],
  [
    'data as text',
    (shape) =>
      `{"notifications":[{"id":1,"notification_type":1,"created_at":"2026-01-01","data":${JSON.stringify(shape)}}]}`,
  ],
]

const clientFor = (text: string) => {
  const answer: HttpAnswer = { status: 200, headers: new Map(), bytes: new Uint8Array(), text }
  const http: Http = { send: async () => ({ ok: true, value: answer }), close: async () => undefined }
  return createForumClient(http, 'https://forum.example', 'key')
}

describe.each(places)('an answer that is, in %s,', (_place, put) => {
  it.each(shapes)('%s is read or refused in less than 50 ms', async (_shape, shape) => {
    const text = put(shape).slice(0, 2_000_000)
    const client = clientFor(text)
    expect(await processorTime(() => client.totals())).toBeLessThan(50)
    expect(await processorTime(() => client.session())).toBeLessThan(50)
    expect(await processorTime(() => client.notifications('eve', 50))).toBeLessThan(50)
    expect(await processorTime(() => client.revoke())).toBeLessThan(50)
    const bytes = new TextEncoder().encode(`${text.slice(0, 990_000)}\r\n|\r\n`)
    expect(await processorTime(() => createBusStream().read(bytes))).toBeLessThan(50)
  })
})

describe('JSON from a forum', () => {
  it('is parsed like JSON.parse, within the limits', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseBoundedJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('may hold any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', '{', 'é', '\n') }), (given) => {
        expect(parseBoundedJson(JSON.stringify([given, given]))).toEqual([given, given])
      }),
    )
  })

  it('has 10,000 values at most but where more are expected, 10,000 keys, and is 64 deep', () => {
    expect(parseBoundedJson(`[${'0,'.repeat(9_998)}0]`)).toHaveLength(9_999)
    expect(parseBoundedJson(`[${'0,'.repeat(10_000)}0]`)).toBeUndefined()
    expect(parseBoundedJson(`[${'0,'.repeat(10_000)}0]`, 20_000)).toHaveLength(10_001)
    const keys = (count: number): string => `{${Array.from({ length: count }, (_, index) => `"${index}":1`).join(',')}}`
    expect(parseBoundedJson(keys(10_000), 20_000)).toBeDefined()
    expect(parseBoundedJson(keys(10_001), 20_000)).toBeUndefined()
    expect(parseBoundedJson('['.repeat(64) + ']'.repeat(64))).toBeDefined()
    expect(parseBoundedJson('['.repeat(65) + ']'.repeat(65))).toBeUndefined()
  })
})
