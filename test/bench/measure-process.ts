import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { ScaleFigures } from './scale-messages.ts'

/**
 * Duration of the event loop measurement, in milliseconds. Separate, because measuring it costs more than what is
 * measured.
 */
const watching = 20_000

/** Sockets of this process; the one to its parent is among them. */
const openSockets = (): number => {
  if (!existsSync('/proc/self/fd')) {
    return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
  }
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:')
    } catch {
      return false
    }
  }).length
}

/**
 * Measures this process while it runs steadily.
 * @param live how many accounts have their live channel at the moment, of so many
 */
export const measureProcess = async (live: () => number, accounts: number, seconds: number): Promise<ScaleFigures> => {
  const before = process.cpuUsage()
  const begun = performance.now()
  await delay(seconds * 1000)
  const { user, system } = process.cpuUsage(before)
  const elapsed = performance.now() - begun
  const { rss } = process.memoryUsage()
  const sockets = openSockets()
  const resolution = 10
  const histogram = monitorEventLoopDelay({ resolution })
  histogram.enable()
  await delay(watching)
  histogram.disable()
  globalThis.gc?.()
  return {
    live: live(),
    accounts,
    cpu: (user + system) / 1000,
    elapsed,
    rss,
    heap: process.memoryUsage().heapUsed,
    sockets,
    delay: Math.max(0, histogram.percentile(99) / 1e6 - resolution),
  }
}
