import { expect, it } from 'vitest'
import type { Forum } from '../test/forum/forum.ts'
import type { Notification } from '../test/forum/notification-store.ts'
import { startForum } from '../test/forum/start-forum.ts'
import { type CrashingRig, startCrashingRig } from '../test/rig/crashing-rig.ts'
import { expectOk, startEngineRig } from '../test/rig/engine-rig.ts'
import { createFakeClock } from '../test/rig/fake-clock.ts'
import { fc, propertyRuns } from '../test/rig/properties.ts'
import { propertySeed } from '../test/rig/property-seed.ts'
import type { DesktopNotification } from './ports/notification-port.ts'

// The whole engine against everything a forum does to its rows, with failures on the way, crashes and restarts, over real HTTP.
// `PROPERTY_RUNS=300 PROPERTY_SEED=random npx vitest run engine/forum-events` tries more courses.

const runs = propertyRuns(8)
/** In milliseconds. */
const timeLimit = 180_000 + runs * 10_000

const second = 1000
const minute = 60 * second

const faults = [
  { kind: 'error-page', status: 502, path: '/notifications.json' },
  { kind: 'error-page', status: 503 },
  { kind: 'drop', path: '/message-bus/' },
  { kind: 'drop' },
  { kind: 'html', path: '/notifications/totals.json' },
  { kind: 'buffer', path: '/message-bus/' },
  { kind: 'cut', afterMs: 50, path: '/message-bus/' },
] as const

/** What may happen; `at` chooses among what there is, and `size` is a number of seconds, events or steps. */
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('mention', 'like', 'reply', 'thread', 'direct'),
      size: fc.integer({ min: 1, max: 4 }),
      at: fc.nat(2),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('read', 'destroy', 'deleteTopic', 'unread'),
      size: fc.constant(1),
      at: fc.nat(20),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('readAll', 'readChat', 'backup', 'restore', 'rename', 'skipBus', 'resetBus', 'restart'),
      size: fc.constant(1),
      at: fc.constant(0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('fault', 'mend', 'crash'),
      size: fc.integer({ min: 0, max: 8 }),
      at: fc.nat(faults.length - 1),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass'),
      size: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 90 })),
      at: fc.constant(0),
    }),
  },
)

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

/** Keeps count of what is news by the forum's own rows: unread now, and absent, read or of other content before. */
const followRows = (forum: Forum) => {
  const contentOf = ({ type, createdAt, data }: Notification) =>
    JSON.stringify([type, createdAt, data['count'] ?? null])
  let before = new Map<number, Notification>()
  const pieces = new Map<number, number>()
  return {
    pieces,
    look: (user: string): void => {
      const rows = forum.rows(user)
      for (const row of rows) {
        const known = before.get(row.id)
        const isNews = !row.read && (known === undefined || known.read || contentOf(known) !== contentOf(row))
        if (isNews) pieces.set(row.id, (pieces.get(row.id) ?? 0) + 1)
      }
      before = new Map(rows.map((row) => [row.id, row]))
    },
  }
}

/** One course of events on a forum with one member, and what it did. */
const createCourse = (forum: Forum, { rig, pass, crashAfter, restartAfterCrash }: CrashingRig) => {
  const { pieces, look } = followRows(forum)
  let user = 'eve'
  let made = 0
  let direct = 0
  let crashes = 0
  let hasBackup = false

  const rowAt = (at: number): Notification | undefined => {
    const rows = forum.rows(user)
    return rows[at % Math.max(1, rows.length)]
  }
  const addRow = (kind: string, at: number): void => {
    made += 1
    const from = `user${made}`
    if (kind === 'mention') forum.notify({ user, type: 'mentioned', from, topicTitle: `Topic ${made}` })
    if (kind === 'like') forum.notify({ user, type: 'liked', from: 'alice', topicTitle: `Liked ${made}` })
    if (kind === 'reply') forum.notify({ user, type: 'replied', from, topicTitle: `Talk ${at}` })
    if (kind === 'thread') forum.chatMessage({ user, from, channel: 'Lounge', watchedThread: at + 1 })
    if (kind === 'direct') forum.chatMessage({ user, from, text: `Hello ${made}` })
    if (kind === 'direct') direct += 1
  }
  const changeRow = (kind: string, { id, topicId, read }: Notification): void => {
    if (kind === 'read') forum.markRead(user, id)
    if (kind === 'destroy') forum.destroyNotifications(user, [id])
    if (kind === 'deleteTopic' && topicId !== null) forum.deleteTopic(topicId)
    if (kind === 'unread' && read) forum.changeNotification(user, id, { read: false })
  }
  const changeForum = (kind: string): void => {
    if (kind === 'readAll') forum.markRead(user, 'all')
    if (kind === 'readChat') forum.readChat(user)
    if (kind === 'skipBus') forum.skipBus(3)
    if (kind === 'resetBus') forum.resetBus()
    if (kind === 'mend') forum.clearFaults()
    if (kind === 'restore' && hasBackup) forum.restoreBackup()
    if (kind === 'backup') {
      forum.takeBackup()
      hasBackup = true
    }
    if (kind === 'rename') user = forum.updateUser(user, { username: user === 'eve' ? 'evelyn' : 'eve' }).username
  }

  return {
    take: async ({ kind, size, at }: Happening): Promise<void> => {
      for (let each = 0; each < size; each++) {
        addRow(kind, at)
        look(user)
      }
      const row = rowAt(at)
      if (row !== undefined) changeRow(kind, row)
      changeForum(kind)
      look(user)
      const fault = faults[at]
      if (kind === 'fault' && fault !== undefined) forum.fault(fault)
      if (kind === 'crash') crashAfter(size)
      if (kind === 'restart') await rig.restart()
      if (kind === 'pass') await pass(size * second)
      if (kind === 'pass' && (await restartAfterCrash())) crashes += 1
    },
    /** All is well again, for long enough. */
    end: async (): Promise<void> => {
      forum.clearFaults()
      await pass(minute)
      if (await restartAfterCrash()) crashes += 1
      await pass(3 * minute)
      expectOk(await rig.run('account.refresh', {}))
      await pass(minute)
    },
    outcome: () => ({ user, pieces, direct, crashes, rows: forum.rows(user) }),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

/** What was told: single rows and chat messages by id, and what summaries and rises of counts say. */
const readShown = (account: string, shown: readonly DesktopNotification[]) => {
  const told = shown.filter(({ onlyReplaces }) => onlyReplaces !== true)
  const kindOf = ({ tag }: DesktopNotification): string => tag.slice(account.length + 1)
  const numberIn = ({ body }: DesktopNotification): number => Number(/\d+/.exec(body)?.[0] ?? Number.NaN)
  const singles = told.filter((one) => /^-?\d+$/.test(kindOf(one))).map((one) => ({ id: Number(kindOf(one)), one }))
  return {
    singles: singles.filter(({ id }) => id > 0),
    chat: singles.filter(({ id }) => id < 0).length,
    summed: told.filter((one) => kindOf(one) === 'summary').map(numberIn),
    risen: sum(told.filter((one) => kindOf(one) === 'counts').map(numberIn)),
    others: told.map(kindOf).filter((kind) => !/^(-?\d+|summary|counts)$/.test(kind)),
  }
}

const tryCourse = async (forum: Forum, crashing: CrashingRig, happenings: readonly Happening[]): Promise<void> => {
  const { rig, shown, pass } = crashing
  expectOk(await rig.run('preferences.change', { alerts: { mostAtOnce: 20 } }))
  const account = await rig.connect(forum, 'eve')
  // What is made in the millisecond of the sign-in may be from before it.
  await pass(second)
  const course = createCourse(forum, crashing)
  for (const each of happenings) await course.take(each)
  await course.end()

  const { user, pieces, direct, crashes, rows } = course.outcome()
  const view = rig.engine.snapshot().accounts[0]
  const seen = (view?.items ?? []).map(({ id, read, createdAt }) => ({ id, read, createdAt }))
  expect(seen.toSorted((a, b) => a.id - b.id)).toEqual(
    rows.map(({ id, read, createdAt }) => ({ id, read, createdAt })).toSorted((a, b) => a.id - b.id),
  )
  expect(view?.username).toBe(user)

  const { singles, chat, summed, risen, others } = readShown(account, shown)
  expect(others).toEqual([])
  const timesTold = new Map<number, readonly DesktopNotification[]>()
  for (const { id, one } of singles) timesTold.set(id, [...(timesTold.get(id) ?? []), one])
  for (const [id, told] of timesTold) expect([id, told.length <= (pieces.get(id) ?? 0)]).toEqual([id, true])
  expect(singles.length + sum(summed)).toBeLessThanOrEqual(sum([...pieces.values()]))
  expect(chat + risen).toBeLessThanOrEqual(direct)

  // A crash loses one alert, which is a summary at most, and then was asked for but not shown.
  const largest = Math.max(1, ...readShown(account, rig.alerts).summed)
  const untold = rows.filter(({ id, read }) => !read && pieces.has(id) && !timesTold.has(id))
  expect(untold.length).toBeLessThanOrEqual(sum(summed) + crashes * largest)
  if (crashes > 0 || summed.length > 0) return
  for (const { id, data, read, typeName } of rows) {
    if (read || typeName !== 'liked_consolidated') continue
    expect(timesTold.get(id)?.at(-1)?.body).toContain(String(data['count']))
  }
}

it(`whatever happens to rows and to the engine, rows are the forum's and each piece of news is told once (seed ${propertySeed})`, {
  timeout: timeLimit,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 20, size: 'max' }), async (happenings) => {
      const clock = createFakeClock()
      const users = [{ username: 'eve' }]
      const forum = await startForum({ profile: '3.4', users, clock, settings: { chatEnabled: true } })
      const crashing = await startCrashingRig((options) => startEngineRig({ clock, ...options }), forum)
      try {
        await tryCourse(forum, crashing, happenings)
      } finally {
        await crashing.rig.stop()
        await forum.stop()
      }
    }),
    { numRuns: runs, interruptAfterTimeLimit: timeLimit - 20_000 },
  )
})
