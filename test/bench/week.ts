import { setTimeout as delay } from 'node:timers/promises'
import { readOptions } from '../../build/read-options.mjs'
import { startForum } from '../forum/start-forum.ts'
import { startEngineRig } from '../rig/engine-rig.ts'
import { createFakeClock } from '../rig/fake-clock.ts'
import { dayLength, generateDay, playDay } from '../rig/generate-day.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { conditions, printTable } from './report.ts'

// `npm run bench:week`: whether the engine grows over a simulated week. Run by a Node with --expose-gc.

readOptions(
  `Usage: npm run bench:week

Whether the engine's memory grows over a simulated week of three users.`,
  {},
)

const users = ['ann', 'bob', 'eve']
const locked = [[16, 24]] as const

/** In bytes. Collects several times, because a collection may free objects that kept others alive. */
const heapAfterCollection = async (): Promise<number> => {
  for (let time = 0; time < 3; time++) {
    await delay(100)
    globalThis.gc?.()
  }
  return process.memoryUsage().heapUsed
}

interface Day {
  readonly heap: number
  readonly requests: number
  readonly alerts: number
}

/** A week of three users on one forum, with an engine that follows them or with none. */
const runWeek = async (hasEngine: boolean): Promise<readonly Day[]> => {
  const clock = createFakeClock()
  const forum = await startForum({ profile: '3.4', users: users.map((username) => ({ username })), clock })
  const rig = hasEngine ? await startEngineRig({ clock, random: seededRandom(1) }) : undefined
  for (const user of users) await rig?.connect(forum, user)
  const days: Day[] = []
  for (let day = 1; day <= 7; day++) {
    for (const [index, user] of users.entries()) {
      const happenings = generateDay({ seed: 10 * day + index, news: 60, reads: 25, locked: index === 0 ? locked : [] })
      playDay(happenings, clock, forum, user, (happening) => {
        if (happening.kind === 'presence') rig?.engine.setPresence({ user: happening.user })
      })
    }
    if (rig === undefined) clock.advance(dayLength)
    else await rig.pass(dayLength, [forum])
    const { requests } = forum.traffic()
    const alerts = rig?.alerts.splice(0).length ?? 0
    forum.clearRequests()
    days.push({ heap: await heapAfterCollection(), requests, alerts })
  }
  await rig?.stop()
  await forum.stop()
  return days
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2)

console.log(conditions())
console.log(
  'The forum is in the same heap and keeps all notifications; what it grows by alone, without an engine, is taken off.\n',
)
const alone = await runWeek(false)
const week = await runWeek(true)
const grown = (days: readonly Day[], index: number): number => (days[index]?.heap ?? 0) - (days[1]?.heap ?? 0)
const rows = week.map(({ heap, requests, alerts }, index) => {
  const forum = grown(alone, index)
  const change = (100 * (grown(week, index) - forum)) / (week[1]?.heap ?? 1)
  const figures = index === 0 ? ['', ''] : [megabytes(forum), `${change.toFixed(1)} %`]
  return [String(index + 1), megabytes(heap), ...figures, String(requests), String(alerts)]
})
printTable([['day', 'heap MB', 'forum grew MB', 'engine to day 2', 'requests', 'alerts'], ...rows])
