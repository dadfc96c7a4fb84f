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

  it('never moves a position back or returns a message twice, whatever it contains', () => {
    const anyMessage = fc.record({
      channel: fc.constantFrom('/a', '/b', '/c'),
      id: fc.integer({ min: -2, max: 50 }),
      data: fc.anything(),
    })
    fc.assert(
      fc.property(fc.array(fc.array(anyMessage)), (answers) => {
        let positions: Readonly<Record<string, number>> = { '/a': -1, '/b': 3 }
        const given: string[] = []
        for (const answer of answers) {
          const reading = readBus(positions, answer)
          for (const [channel, position] of Object.entries(reading.positions)) {
            expect(position).toBeGreaterThanOrEqual(positions[channel] ?? 0)
          }
          positions = reading.positions
          given.push(...reading.messages.map(({ channel, id }) => `${channel} ${id}`))
        }
        expect(new Set(given).size).toBe(given.length)
      }),
    )
  })
})
