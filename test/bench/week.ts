import { setTimeout as delay } from 'node:timers/promises'
import { startForum } from '../forum/start-forum.ts'
import { startEngineRig } from '../rig/engine-rig.ts'
import { createFakeClock } from '../rig/fake-clock.ts'
import { dayLength, generateDay, playDay } from '../rig/generate-day.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import { conditions } from './conditions.ts'
import { printTable } from './print-table.ts'

// `npm run bench:week`: whether the engine grows over a simulated week. Run by a Node with --expose-gc.

const users = ['ann', 'bob', 'eve']
const locked = [[16, 24]] as const

const clock = createFakeClock()
const forum = await startForum({ profile: '3.4', users: users.map((username) => ({ username })), clock })
const rig = await startEngineRig({ clock, random: seededRandom(1) })
for (const user of users) await rig.connect(forum, user)

/** In bytes; the forum's record of requests is not the engine's. */
const heapAfterCollection = async (): Promise<number> => {
  forum.clearRequests()
  // What a collection has freed may itself have kept something.
  for (let time = 0; time < 3; time++) {
    await delay(100)
    globalThis.gc?.()
  }
  return process.memoryUsage().heapUsed
}

console.log(conditions())
const rows: (readonly string[])[] = [['day', 'heap MB', 'to day 2', 'requests', 'alerts', 'timers']]
let secondDay = 0
for (let day = 1; day <= 7; day++) {
  rig.alerts.splice(0)
  for (const [index, user] of users.entries()) {
    const happenings = generateDay({ seed: 10 * day + index, news: 60, reads: 25, locked: index === 0 ? locked : [] })
    playDay(happenings, clock, forum, user, (happening) => {
      if (happening.kind === 'presence') rig.engine.setPresence({ user: happening.user })
    })
  }
  await rig.pass(dayLength, [forum])
  const { requests } = forum.traffic()
  const heap = await heapAfterCollection()
  if (day === 2) secondDay = heap
  const change = day < 2 ? '' : `${((heap / secondDay - 1) * 100).toFixed(1)} %`
  const megabytes = (heap / 2 ** 20).toFixed(2)
  rows.push([String(day), megabytes, change, String(requests), String(rig.alerts.length), String(clock.pending())])
}
printTable(rows)
await rig.stop()
await forum.stop()
