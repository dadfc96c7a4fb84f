import { slowness } from './slowness.ts'

/**
 * What `work` costs the processor, in milliseconds of the machine on which limits are set (slowness.ts), whatever else this
 * one does: the least of three times, or the first if that is little. The threads of V8 are included.
 */
export const processorTime = async (work: () => unknown): Promise<number> => {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && least > little; round += 1) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least > little ? least / slowness() : least
}

/** In milliseconds. */
const little = 10
