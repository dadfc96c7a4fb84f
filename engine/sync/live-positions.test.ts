import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { readBus } from './live-positions.ts'

const message = (channel: string, id: number) => ({ channel, id, data: null })
const status = (data: Record<string, number>) => ({ channel: '/__status', id: -1, data })

describe('a response of the bus', () => {
  it('moves the positions and returns each message once', () => {
    const asked = { '/a': 4, '/b': -1 }
    const reading = readBus(asked, [message('/a', 4), message('/a', 5), message('/a', 5), message('/c', 1)])
    expect(reading).toEqual({ positions: { '/a': 5, '/b': -1 }, messages: [message('/a', 5)], isDoubtful: false })
  })

  it('with nothing in it keeps the same positions object', () => {
    const asked = { '/a': 4 }
    expect(readBus(asked, []).positions).toBe(asked)
    expect(readBus(asked, [message('/a', 3), status({ '/a': 4 })]).positions).toBe(asked)
  })

  it('is not doubtful when it gives a channel its first position, but is when it moves one', () => {
    expect(readBus({ '/a': -1 }, [status({ '/a': 9 })])).toMatchObject({ positions: { '/a': 9 }, isDoubtful: false })
    expect(readBus({ '/a': 4 }, [status({ '/a': 9 })])).toMatchObject({ positions: { '/a': 9 }, isDoubtful: true })
    expect(readBus({ '/a': 4 }, [status({ '/a': 0 })])).toMatchObject({ positions: { '/a': 0 }, isDoubtful: true })
  })

  it('with a gap in it is doubtful', () => {
    expect(readBus({ '/a': 4 }, [message('/a', 6)]).isDoubtful).toBe(true)
    expect(readBus({ '/a': -1 }, [message('/a', 6)]).isDoubtful).toBe(false)
  })

  it('in which the bus messages of a channel are out of order loses none of them', () => {
    const answer = [message('/a', 6), message('/b', 2), message('/a', 5)]
    expect(readBus({ '/a': 4, '/b': 1 }, answer)).toEqual({
      ...{ positions: { '/a': 6, '/b': 2 }, isDoubtful: false },
      messages: [message('/a', 5), message('/b', 2), message('/a', 6)],
    })
  })

  it.each([-2, -1, -100])('that names %i, which is no position, moves none and is doubtful', (position) => {
    // A server takes such a number for how many of the latest are wanted, and would send them again.
    expect(readBus({ '/a': 4 }, [status({ '/a': position })])).toMatchObject({
      ...{ positions: { '/a': 4 }, isDoubtful: true, messages: [] },
    })
    expect(readBus({ '/a': -1, '/b': 3 }, [status({ '/a': position, '/b': 9 })]).positions).toEqual({
      '/a': -1,
      '/b': 9,
    })
  })
})

/** Channels of ours, of somebody else, and names that every object has. */
const followed = ['/a', '/b'] as const
const anyChannel = fc.constantFrom(...followed, '/c', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty')
const anyPosition = fc.oneof(fc.integer({ min: -3, max: 50 }), fc.constantFrom(0, 2 ** 53 - 1))
const anyMessage = fc.record({ channel: anyChannel, id: anyPosition, data: fc.constant(null) })
const anyData = fc.oneof(
  fc.dictionary(anyChannel, anyPosition),
  fc.dictionary(anyChannel, fc.oneof(fc.double(), fc.string(), fc.constant(null))),
  fc.anything(),
)
const anyStatus = fc.record({ channel: fc.constant('/__status'), id: fc.constant(-1), data: anyData })
const anyAsked = fc.record(
  { '/a': fc.integer({ min: -1, max: 20 }), '/b': fc.integer({ min: -1, max: 20 }) },
  { noNullPrototype: true },
)

describe('positions, whatever a bus says,', () => {
  it('are those of the channels asked about, and whole numbers', () => {
    fc.assert(
      fc.property(anyAsked, fc.array(fc.oneof(anyMessage, anyStatus)), (asked, answer) => {
        const { positions, messages } = readBus(asked, answer)
        expect(Object.keys(positions).toSorted()).toEqual([...followed])
        expect(Object.getPrototypeOf(positions)).toBe(Object.prototype)
        for (const position of Object.values(positions))
          expect(Number.isSafeInteger(position) && position >= -1).toBe(true)
        for (const { channel } of messages) expect(followed).toContain(channel)
      }),
    )
  })

  it('go back only when a status says so, and then something may have been missed', () => {
    fc.assert(
      fc.property(anyAsked, fc.array(fc.array(fc.oneof(anyMessage, anyStatus))), (asked, answers) => {
        let before: Readonly<Record<string, number>> = asked
        for (const answer of answers) {
          const { positions, isDoubtful } = readBus(before, answer)
          const isBack = followed.some((channel) => (positions[channel] ?? 0) < (before[channel] ?? 0))
          if (isBack) expect([isDoubtful, answer.some(({ channel }) => channel === '/__status')]).toEqual([true, true])
          before = positions
        }
      }),
    )
  })

  it('return no bus message twice, and go through the messages of a channel in order', () => {
    fc.assert(
      fc.property(anyAsked, fc.array(fc.array(anyMessage)), (asked, answers) => {
        let positions: Readonly<Record<string, number>> = asked
        const last: Record<string, number> = {}
        for (const answer of answers) {
          const reading = readBus(positions, answer)
          for (const { channel, id } of reading.messages) {
            expect(id).toBeGreaterThan(last[channel] ?? -1)
            last[channel] = id
          }
          positions = reading.positions
        }
      }),
    )
  })

  it('and what is new are the same in whatever order the bus messages of an answer come', () => {
    const shuffled = fc
      .array(anyMessage)
      .chain((answer) => fc.tuple(fc.constant(answer), fc.shuffledSubarray(answer, { minLength: answer.length })))
    const named = ({ messages, ...reading }: ReturnType<typeof readBus>) => ({
      ...reading,
      messages: messages.map(({ channel, id }) => `${channel} ${id}`).toSorted(),
    })
    fc.assert(
      fc.property(anyAsked, shuffled, (asked, [answer, other]) => {
        expect(named(readBus(asked, other))).toEqual(named(readBus(asked, answer)))
      }),
    )
  })

  it('that is no position yet takes the first that is named, or the first bus message, without a doubt', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.boolean(), (position, isStatus) => {
        const answer = isStatus ? status({ '/a': position }) : message('/a', position)
        expect(readBus({ '/a': -1 }, [answer])).toEqual({
          ...{ positions: { '/a': position }, messages: isStatus ? [] : [answer], isDoubtful: false },
        })
      }),
    )
  })
})
