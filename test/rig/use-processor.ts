import { expect } from 'vitest'

/** Uses the processor for so many milliseconds, of its own time and of the system's together. */
export const useProcessor = (milliseconds: number): void => {
  const begun = process.cpuUsage()
  let sum = 0
  for (let used = 0; used < milliseconds; ) {
    // Asking takes the system's time, of which a busy machine gives little.
    for (let step = 0; step < 100_000; step += 1) sum += Math.sqrt(step)
    const { user, system } = process.cpuUsage(begun)
    used = (user + system) / 1000
  }
  expect(sum).toBeGreaterThan(0)
}
