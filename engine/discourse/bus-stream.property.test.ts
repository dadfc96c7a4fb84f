import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { type BusPart, createBusStream } from './bus-stream.ts'

const separator = '\r\n|\r\n'

/** What a server writes for one part (protocol.md 5.6). */
const written = (json: string): string => json.replaceAll(separator, '\r\n||\r\n') + separator

const partJson = (part: readonly { readonly channel: string; readonly id: number; readonly data: unknown }[]): string =>
  JSON.stringify(part.map(({ channel, id, data }) => ({ global_id: 1, message_id: id, channel, data })))

/** Reads a text cut into pieces at these places, in bytes. */
const readInPieces = (text: string, cuts: readonly number[], limit?: number) => {
  const bytes = Buffer.from(text)
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  const stream = createBusStream(limit)
  const parts: BusPart[] = []
  let from = 0
  for (const place of places) {
    parts.push(...stream.read(bytes.subarray(from, place)))
    from = place
  }
  return { parts, stream }
}

const message = fc.record({
  channel: fc.constantFrom('/notification/7', '/notification-alert/7', '/__status'),
  id: fc.integer({ min: -1, max: 2 ** 40 }),
  data: fc.jsonValue(),
})
const cuts = fc.array(fc.nat(), { maxLength: 30 })

/** JSON has one zero. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a streamed poll', () => {
  it('yields the same messages wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(message, { maxLength: 4 }), { maxLength: 6 }), cuts, (parts, where) => {
        const text = parts.map((part) => written(partJson(part))).join('')
        const read = readInPieces(text, where)
        expect(read.parts).toEqual(asJson(parts))
        expect(read.stream.end()).toBeUndefined()
      }),
    )
  })

  it('is not split at a separator in data, which the server doubles', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 3 }), cuts, (part, where) => {
        const text = written(partJson(part).replace('{"global_id"', `${separator}{"global_id"`)) + written('[]')
        expect(readInPieces(text, where).parts).toEqual([null, []])
      }),
    )
  })

  it('survives garbage between parts, even byte by byte, and reads what follows', () => {
    const good = [{ channel: '/notification/7', id: 3, data: {} }]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (garbage, where) => {
        const text = `${Buffer.from(garbage).toString('latin1')}${separator}${written(partJson(good))}`
        const { parts } = readInPieces(text, where)
        expect(parts.at(-1)).toEqual(good)
      }),
    )
  })

  it('keeps no more than its limit of a part that never ends, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
        const stream = createBusStream(1000)
        const piece = Buffer.alloc(size, 'x')
        let sent = 0
        while (sent < 3000) {
          expect(stream.read(piece)).toEqual([])
          sent += size
          expect(stream.isOverlong()).toBe(sent > 1000)
        }
        expect(stream.end()).toBeUndefined()
      }),
    )
  })

  it('reads a megabyte byte by byte within seconds, in linear time', () => {
    const stream = createBusStream()
    // The processor's time: what the code costs, not what else the machine does.
    const begun = process.cpuUsage()
    const piece = Buffer.from('x')
    for (let sent = 0; sent < 900_000; sent++) stream.read(piece)
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1000).toBeLessThan(5000)
  })

  it('brings the longest backlog that a forum keeps, in one part', () => {
    const pairs = Array.from({ length: 40 }, (_, id) => [9000 + id, true])
    const row = { id: 9039, user_id: 7, notification_type: 1, read: false, high_priority: true, topic_id: 5, data: {} }
    const counts = { unread_notifications: 1, grouped_unread_notifications: { '1': 1 }, seen_notification_id: 8000 }
    const data = { ...counts, last_notification: { notification: row }, recent: pairs }
    const backlog = Array.from({ length: 200 }, (_, id) => ({ channel: `/notification/${7 + (id % 2)}`, id, data }))
    const { parts } = readInPieces(written(partJson(backlog)), [])
    expect(parts).toEqual([backlog])
  })

  it('is read at its end if the server does not chunk', () => {
    const { parts, stream } = readInPieces(
      '[{"global_id":-1,"message_id":-1,"channel":"/__status","data":{"/n/7":3}}]',
      [],
    )
    expect(parts).toEqual([])
    expect(stream.end()).toEqual([{ channel: '/__status', id: -1, data: { '/n/7': 3 } }])
    expect(readInPieces('[]', []).stream.end()).toEqual([])
    expect(readInPieces('<html>', []).stream.end()).toBeNull()
  })

  it.each([
    ['no array', '{"messages":[]}'],
    ['an id beyond all numbers', '[{"channel":"/n/7","message_id":1e400,"data":1}]'],
    ['an id that is no number', '[{"channel":"/n/7","message_id":"4","data":1}]'],
    ['no channel', '[{"message_id":4,"data":1}]'],
    ['a channel without end', JSON.stringify([{ channel: 'x'.repeat(1000), message_id: 1 }])],
  ])('takes %s for unreadable', (_, json) => {
    expect(readInPieces(written(json), []).parts).toEqual([null])
  })

  it('takes an empty part for one that only shows that the stream is open', () => {
    expect(readInPieces(`${separator}${written('[]')} ${separator}`, []).parts).toEqual([[], [], []])
  })

  it('loses only the message that cannot be read', () => {
    const json = '[null,{"channel":"/n/7","message_id":4,"data":1}]'
    expect(readInPieces(written(json), []).parts).toEqual([[{ channel: '/n/7', id: 4, data: 1 }]])
  })
})
