import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'
import * as v from 'valibot'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { counts, notification } from '../../common/testing/samples.ts'
import type { SnapshotServer } from '../rig/serve-snapshot.ts'

/** Notifications that come in within a second. */
const burst = 50
/** Number of frames measured: three seconds at 60 a second. */
const frames = 180

/** Runs in the page: records the time between frames, and layout shift without user input. */
const watchFrames = `
  globalThis.burst = { intervals: [], shift: 0 }
  new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) burst.shift += value })
    .observe({ type: 'layout-shift' })
  const draw = (before) => (now) => {
    burst.intervals.push(now - before)
    if (burst.intervals.length < ${frames}) requestAnimationFrame(draw(now))
  }
  requestAnimationFrame((now) => requestAnimationFrame(draw(now)))
`
const watchedSchema = v.object({ intervals: v.array(v.number()), shift: v.number() })

/** The snapshot after one of the first accounts has got a newer notification. */
const withNews = (snapshot: Snapshot, run: number): Snapshot => {
  const place = (run * 7) % Math.min(snapshot.accounts.length, 10)
  const accounts = snapshot.accounts.map((one, index) => {
    if (index !== place) return one
    const news = notification({ id: 10_000 + run, title: `News ${run}`, createdAt: Date.now() })
    const number = (one.counts?.notifications ?? 0) + 1
    return { ...one, counts: counts({ notifications: number }), items: [news, ...(one.items ?? [])] }
  })
  return { ...snapshot, accounts }
}

/** Frame rate and layout shift while fifty notifications arrive with the pointer on the list. */
export const measureBurst = async (page: Page, server: SnapshotServer, name: string) => {
  await page.mouse.move(180, 300)
  await page.evaluate(watchFrames)
  for (let run = 0; run < burst; run += 1) {
    server.push(withNews(server.present(), run))
    await delay(1000 / burst)
  }
  await page.evaluate(`new Promise((resolve) => {
    const look = () => (burst.intervals.length >= ${frames} ? resolve() : requestAnimationFrame(look))
    look()
  })`)
  const { intervals, shift } = v.parse(watchedSchema, await page.evaluate('burst'))
  const seconds = intervals.reduce((sum, interval) => sum + interval, 0) / 1000
  return [
    [`${burst} notifications, ${name}: frames/s`, (intervals.length / seconds).toFixed(1), '', '60'],
    [`${burst} notifications, ${name}: longest frame`, `${Math.max(...intervals).toFixed(0)} ms`, '', ''],
    [`${burst} notifications, ${name}: layout shift`, shift.toFixed(4), '', '0'],
  ]
}
