import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { pollInterval, watchSystemQuiet } from './watch-system-quiet.ts'

describe('the watch over the system’s do-not-disturb', () => {
  it('asks at once and every minute', async () => {
    const clock = createFakeClock()
    const told: boolean[] = []
    let isQuiet = true
    const engine = { setSystemQuiet: (given: boolean) => void told.push(given) }
    await watchSystemQuiet({ engine, clock, ask: async () => isQuiet })
    expect(told).toEqual([true])
    isQuiet = false
    clock.advance(pollInterval)
    await expect.poll(() => told).toEqual([true, false])
  })

  it('asks nothing while a question is under way', async () => {
    const clock = createFakeClock()
    let asked = 0
    let answer: (isQuiet: boolean) => void = () => undefined
    const ask = (): Promise<boolean> => {
      asked += 1
      return new Promise((resolve) => {
        answer = resolve
      })
    }
    const first = watchSystemQuiet({ engine: { setSystemQuiet: () => undefined }, clock, ask })
    clock.advance(10 * pollInterval)
    expect(asked).toBe(1)
    answer(false)
    await first
    clock.advance(pollInterval)
    expect(asked).toBe(2)
  })
})
