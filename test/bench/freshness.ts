import { readOptions } from '../../build/read-options.mjs'
import { startForum } from '../forum/start-forum.ts'
import { createFakeClock, passTime } from '../rig/fake-clock.ts'
import { dayLength, generateDay, type Happening, playDay } from '../rig/generate-day.ts'
import { eventCourses, followed, runCourse } from './event-courses.ts'
import { notifier, type Policy, policies } from './policies.ts'
import { conditions, percentile, printTable } from './report.ts'

// `npm run bench:freshness`: how long news takes to become an alert, by our engine and by the policies of others, over the
// same days on the simulated forum with all its limits. Prints; never asserts.

const values = readOptions(
  `Usage: npm run bench:freshness [-- OPTIONS]

How long it takes from an event to its alert, by this notifier and by the policies of others, over
generated days.

  --days N    days to play (default 1)
  --seed N    seed of the first day (default 1)`,
  { seed: { type: 'string', default: '1' }, days: { type: 'string', default: '1' } },
)

const user = 'eve'
/** The user is away in the middle, so that a program that is silent meanwhile can catch up afterwards. */
const locked = [[8, 16]] as const
const limits = { keyPerMinute: 20, keyPerDay: 2880, ip: { per10Seconds: 50, perMinute: 200 } }

interface DayResult {
  /** Milliseconds from event to alert. */
  readonly present: readonly number[]
  readonly away: readonly number[]
  /** Events that never led to an alert, and those that the user had read before. */
  readonly untold: number
  readonly readBefore: number
  readonly requests: number
  readonly limited: number
  readonly bytes: number
}

/** Plays one day to a policy. Times are those of the fake clock plus the real time since it last stopped. */
const runDay = async (policy: Policy, seed: number): Promise<DayResult> => {
  const clock = createFakeClock()
  const forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: user }], clock, limits })
  const delays = { present: [] as number[], away: [] as number[] }
  let waiting: readonly { readonly at: number; readonly when: 'present' | 'away' }[] = []
  let readBefore = 0
  let stoodStillAt = performance.now()
  let isPresent = true

  const follower = await policy.start({
    ...{ clock, forum, user, seed },
    alert: () => {
      const since = performance.now() - stoodStillAt
      for (const { at, when } of waiting) delays[when].push(clock.now() - at + since)
      waiting = []
    },
  })
  await follower.settle()
  forum.clearRequests()

  const told = (happening: Happening): void => {
    if (happening.kind === 'presence') {
      isPresent = happening.user === 'active'
      follower.setPresent(isPresent)
    } else if (happening.kind === 'news') {
      waiting = [...waiting, { at: clock.now(), when: isPresent ? 'present' : 'away' }]
    } else if (unread.count() < waiting.length) {
      // A user who has read it needs no alert any more. The oldest are read first.
      readBefore += waiting.length - unread.count()
      waiting = waiting.slice(waiting.length - unread.count())
    }
  }
  const unread = playDay(generateDay({ seed, news: 60, reads: 25, locked }), clock, forum, user, told)
  await passTime(clock, dayLength, async () => {
    await follower.settle()
    stoodStillAt = performance.now()
  })
  const { requests, bytes, byStatus } = forum.traffic()
  await follower.stop()
  await forum.stop()
  return { ...delays, untold: waiting.length, readBefore, requests, limited: byStatus[429] ?? 0, bytes }
}

const time = (milliseconds: number | undefined): string => {
  if (milliseconds === undefined) return '–'
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`
  return milliseconds < 120_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${(milliseconds / 60_000).toFixed(1)} min`
}

const row = (name: string, days: readonly DayResult[]): readonly string[] => {
  const present = days.flatMap((day) => day.present)
  const away = days.flatMap((day) => day.away)
  const most = (of: (day: DayResult) => number): number => Math.max(...days.map(of))
  const sum = (of: (day: DayResult) => number): number => days.reduce((total, day) => total + of(day), 0)
  return [
    name,
    ...[time(percentile(present, 0.5)), time(percentile(present, 0.95))],
    ...[time(percentile(away, 0.5)), time(percentile(away, 0.95))],
    ...[`${present.length}/${away.length}`, String(sum(({ untold }) => untold)), String(sum((day) => day.readBefore))],
    ...[String(most(({ requests }) => requests)), String(sum(({ limited }) => limited))],
    `${(most(({ bytes }) => bytes) / 1024).toFixed(0)} KiB`,
  ]
}

const firstSeed = Number(values.seed)
const seeds = Array.from({ length: Number(values.days) }, (_, index) => firstSeed + index)

console.log(conditions())
console.log(
  `Days generated with the seeds ${seeds.join(', ')}: 8 h present, 8 h away, 8 h present; 60 events, 25 times reading.`,
)
console.log('Requests and bytes are those of the busiest day; bytes as sent by the forum, headers included.\n')
const head = ['', 'p50 present', 'p95', 'p50 away', 'p95', 'told', 'untold', 'read before', 'requests', '429', 'bytes']
const rows: (readonly string[])[] = [head]
for (const policy of policies) {
  const days: DayResult[] = []
  for (const seed of seeds) days.push(await runDay(policy, seed))
  rows.push(row(policy.name, days))
}
printTable(rows)

console.log(`\nEvents while the user is present; requests until ${followed / 60_000} minutes after the last of them.\n`)
const courses: (readonly string[])[] = [['this notifier', 'worst wait', 'requests', '429']]
for (const course of eventCourses) {
  const { worst, requests, limited } = await runCourse(notifier, course, limits)
  courses.push([course.name, worst === undefined ? 'never' : time(worst), String(requests), String(limited)])
}
printTable(courses)
