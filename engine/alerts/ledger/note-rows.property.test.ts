import { expect, it } from 'vitest'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import { fc } from '../../../test/rig/properties.ts'
import { type AlertLedger, emptyLedger, withoutPending } from './alert-ledger.ts'
import { noteRows } from './note-rows.ts'

// The rule for news against a forum that does to its rows what real ones do, lists that do not come, a channel that leaves
// things out, and crashes. In memory and without a clock, so that thousands of courses can be tried.

const start = Date.UTC(2026, 5, 1)

const newItem = (id: number, createdAt: number, kind: 'mentioned' | 'liked_consolidated'): NotificationItem => ({
  ...{ id, kind, read: false, highPriority: id % 7 === 0, createdAt, actor: 'alice', secondActor: null },
  ...{ count: kind === 'mentioned' ? null : 4, title: `Topic ${id}`, place: null, excerpt: null },
  topic: kind === 'mentioned' ? id : null,
  url: kind === 'mentioned' ? `https://meta.example/t/topic/${id}/2` : 'https://meta.example/u/eve/notifications',
})

/** A forum with one user. */
const createForum = () => {
  let rows: readonly NotificationItem[] = []
  let lastId = 0
  let now = start
  let backup: { readonly rows: readonly NotificationItem[]; readonly lastId: number } | undefined
  const change = (index: number, changed: (row: NotificationItem) => NotificationItem): void => {
    rows = rows.map((row, at) => (at === index % Math.max(1, rows.length) ? changed(row) : row))
  }
  return {
    add: (kind: 'mentioned' | 'liked_consolidated') => {
      now += 1700
      lastId += 1
      rows = [newItem(lastId, now, kind), ...rows]
    },
    /** Its number goes up, and it is unread. */
    grow: (index: number) => change(index, (row) => ({ ...row, count: (row.count ?? 1) + 1, read: false })),
    read: (index: number) => change(index, (row) => ({ ...row, read: true })),
    readAll: () => {
      rows = rows.map((row) => ({ ...row, read: true }))
    },
    rename: (index: number) => change(index, (row) => ({ ...row, title: 'Renamed', actor: 'alina' })),
    destroy: (index: number) => {
      rows = rows.filter((_, at) => at !== index % Math.max(1, rows.length))
    },
    takeBackup: () => {
      backup = { rows, lastId }
    },
    /** Only what is unread in both is the same thing afterwards; the rest is tried in the other tests. */
    restore: () => {
      if (backup === undefined) return
      const before = new Map(rows.map((row) => [row.id, row]))
      rows = backup.rows.filter(({ id, count, read }) => {
        const row = before.get(id)
        return row?.count === count && row.read === read
      })
      lastId = backup.lastId
    },
    rows: () => rows,
    /** Unread rows first, those of high priority before the others, then by date (protocol.md 5.3). */
    list: (): readonly NotificationItem[] => {
      const rank = ({ read, kind, highPriority }: NotificationItem): number =>
        read || kind === 'liked_consolidated' ? 2 : highPriority ? 0 : 1
      return rows.toSorted((a, b) => rank(a) - rank(b) || b.createdAt - a.createdAt).slice(0, 50)
    },
  }
}

/** What is news once: a row and how far it has grown. */
const keyOf = ({ id, createdAt, count }: NotificationItem): string => `${id} ${Math.floor(createdAt / 1000)} ${count}`

const index = fc.nat({ max: 60 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('mention', 'mention', 'likes'), index }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('grow', 'read', 'destroy', 'rename'), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('readAll', 'takeBackup', 'restore'), index }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('list', 'channel', 'tell', 'tell', 'crash'), index }) },
)

/** A notifier that shows its pending news one by one, and may crash before, between and after. */
const createNotifier = (forum: ReturnType<typeof createForum>) => {
  let ledger: AlertLedger = emptyLedger(start)
  let written = ledger
  const told: string[] = []
  const tell = (): void => {
    const [next] = ledger.pending
    if (next === undefined) return
    ledger = withoutPending(ledger, new Set([next.id]))
    written = ledger
    told.push(keyOf(next))
  }
  return {
    told,
    tell,
    tellAll: () => {
      while (ledger.pending.length > 0) tell()
    },
    list: () => {
      const items = forum.list()
      ledger = noteRows(ledger, { source: 'list', items, isFull: items.length >= 50, isUnreadFirst: true }).ledger
    },
    channel: () => {
      const [last] = forum.rows().toSorted((a, b) => b.createdAt - a.createdAt)
      if (last === undefined) return
      const createdAt = Math.floor(last.createdAt / 1000) * 1000
      const read = forum.rows().flatMap(({ id, read: isRead }) => (isRead ? [id] : []))
      ledger = noteRows(ledger, { source: 'channel', items: [{ ...last, createdAt }], read }).ledger
    },
    crash: () => {
      ledger = written
    },
  }
}

it('whatever a forum does to its rows, each piece of news is told once, and nothing else is', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
      const forum = createForum()
      const notifier = createNotifier(forum)
      for (const happening of steps) {
        if (happening.kind === 'mention') forum.add('mentioned')
        if (happening.kind === 'likes') forum.add('liked_consolidated')
        if (happening.kind === 'grow') forum.grow(happening.index)
        if (happening.kind === 'read') forum.read(happening.index)
        if (happening.kind === 'rename') forum.rename(happening.index)
        if (happening.kind === 'destroy') forum.destroy(happening.index)
        if (happening.kind === 'readAll') forum.readAll()
        if (happening.kind === 'takeBackup') forum.takeBackup()
        if (happening.kind === 'restore') forum.restore()
        if (happening.kind === 'list') notifier.list()
        if (happening.kind === 'channel') notifier.channel()
        if (happening.kind === 'tell') notifier.tell()
        if (happening.kind === 'crash') notifier.crash()
      }
      notifier.list()
      notifier.tellAll()
      notifier.list()
      notifier.tellAll()
      const unread = forum.list().filter(({ read }) => !read)
      expect(new Set(notifier.told).size).toBe(notifier.told.length)
      expect(unread.map(keyOf).filter((key) => !notifier.told.includes(key))).toEqual([])
    }),
    { numRuns: 3000 },
  )
})

it('what a list of fifty had no room for is not told when it slides in, and what is new is', () => {
  const many = fc.oneof(
    fc.record({ kind: fc.constant('mention' as const), times: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ kind: fc.constant('read' as const), times: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ kind: fc.constant('list' as const), times: fc.constant(1) }),
  )
  fc.assert(
    fc.property(fc.array(many, { minLength: 3, maxLength: 30, size: 'max' }), (steps) => {
      const forum = createForum()
      const notifier = createNotifier(forum)
      /** Rows that were there at a list: told then, or left out and only counted. */
      const settled = new Set<string>()
      const expected: string[] = []
      const list = (): void => {
        const news = forum.list().filter((row) => !row.read && !settled.has(keyOf(row)))
        expected.push(...news.map(keyOf))
        for (const row of forum.rows()) settled.add(keyOf(row))
        notifier.list()
        notifier.tellAll()
      }
      for (const { kind, times } of steps) {
        for (let time = 0; time < times; time++) {
          if (kind === 'mention') forum.add('mentioned')
          if (kind === 'read') forum.read(forum.rows().findIndex(({ read }) => !read))
          if (kind === 'list') list()
        }
      }
      list()
      expect(notifier.told.toSorted()).toEqual(expected.toSorted())
    }),
    { numRuns: 1000 },
  )
})
