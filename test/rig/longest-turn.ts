import { existsSync, readFileSync } from 'node:fs'

/**
 * The longest turn of the event loop while `work` is under way, in milliseconds of the processor: whatever else the machine
 * does, and without what other threads do.
 */
export const longestTurn = async (work: () => Promise<unknown>): Promise<number> => {
  let longest = 0
  let isOver = false
  let before = spent()
  const tick = (): void => {
    const now = spent()
    longest = Math.max(longest, now - before)
    before = now
    if (!isOver) setImmediate(tick)
  }
  setImmediate(tick)
  await work()
  isOver = true
  return Math.max(longest, spent() - before)
}

/** What the kernel has counted for this thread (`sched-stats` of its documentation); only Linux tells. */
const counted = '/proc/thread-self/schedstat'
const isTold = existsSync(counted)

/** In milliseconds; elsewhere the whole process. */
const spent = (): number => {
  if (isTold) return Number.parseInt(readFileSync(counted, 'latin1'), 10) / 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
