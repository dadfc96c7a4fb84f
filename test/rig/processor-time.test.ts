import { expect, it } from 'vitest'
import { processorTime } from './processor-time.ts'

/** Uses the processor for so many milliseconds. */
const use = (milliseconds: number): void => {
  const begun = process.cpuUsage()
  let sum = 0
  for (let used = 0; used < milliseconds; ) {
    for (let step = 0; step < 100_000; step += 1) sum += Math.sqrt(step)
    const { user, system } = process.cpuUsage(begun)
    used = (user + system) / 1000
  }
  expect(sum).toBeGreaterThan(0)
}

it('what takes 300 ms is more than any limit, however slow the machine is', async () => {
  expect(await processorTime(() => use(300))).toBeGreaterThan(50)
})
