import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import { snoozeChoices } from '../../../common/contract/snooze-choice.ts'
import { notification, now } from '../../../common/testing/samples.ts'
import { fc } from '../../../test/rig/properties.ts'
import { type AlertLedger, emptyLedger } from '../ledger/alert-ledger.ts'
import { noteRows } from '../ledger/note-rows.ts'
import { localTime } from '../quiet/local-time.ts'
import {
  mostSnoozed,
  nextDue,
  noteSnoozed,
  snoozeUntil,
  withDueRows,
  withoutSnoozed,
  withSnoozed,
} from './snoozed-rows.ts'

const hour = 60 * 60_000
const day = 24 * hour

const zones = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe']
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })

describe('a snoozed row comes back', () => {
  it('later than now, in the morning where a day was chosen, on a Monday for next week', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), fc.constantFrom(...snoozeChoices), (at, zone, choice) => {
        const until = snoozeUntil(choice, at, zone)
        const local = new Date(localTime(until, zone))
        expect(until).toBeGreaterThan(at)
        // A change of the clocks makes a week an hour longer.
        expect(until - at).toBeLessThanOrEqual(choice === 'nextWeek' ? 7 * day + 9 * hour : 28 * hour)
        if (choice === 'later') expect(until - at).toBe(3 * hour)
        else expect([local.getUTCHours(), local.getUTCMinutes()]).toEqual([8, 0])
        if (choice === 'nextWeek') expect(local.getUTCDay()).toBe(1)
      }),
    )
  })

  it('next week from a Sunday night on is the Monday that follows, from a Monday on the one after', () => {
    const sunday = Date.UTC(2026, 10, 22, 23)
    expect(snoozeUntil('nextWeek', sunday, 'UTC')).toBe(Date.UTC(2026, 10, 23, 8))
    expect(snoozeUntil('nextWeek', sunday + 2 * hour, 'UTC')).toBe(Date.UTC(2026, 10, 30, 8))
  })
})

/** One thing that may happen to the rows 1 to 6. */
const row = fc.integer({ min: 1, max: 6 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('snooze' as const), row, hours: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('end' as const), row }),
  fc.record({ kind: fc.constant('read' as const), row }),
  fc.record({ kind: fc.constant('grow' as const), row }),
  fc.record({ kind: fc.constant('list' as const) }),
  fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 30 }) }),
)

/** What the user would expect of one row. */
interface Expected {
  until: number | null
  isPending: boolean
}

describe('whatever happens', () => {
  it('a row is news again exactly once: when it is due, or when the forum has news of it, and not once it was read', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const rows = new Map<number, NotificationItem>(
          [1, 2, 3, 4, 5, 6].map((id) => [id, notification({ id, kind: 'liked_consolidated', topic: null, count: 2 })]),
        )
        const expected = new Map<number, Expected>(
          [...rows.keys()].map((id) => [id, { until: null, isPending: false }]),
        )
        let at = now
        let ledger: AlertLedger = emptyLedger(now)
        const note = (update: Parameters<typeof noteRows>[1]): void => {
          const noted = noteRows(ledger, update)
          ledger = noteSnoozed(noted.ledger, update, noted.news)
        }
        const expectation = (id: number): Expected => expected.get(id) ?? { until: null, isPending: false }
        const list = (): void => note({ source: 'list', items: [...rows.values()], isFull: false, isUnreadFirst: true })
        list()
        for (const happening of steps) {
          if (happening.kind === 'list') list()
          if (happening.kind === 'pass') {
            at += happening.hours * hour
            for (const each of expected.values()) {
              if (each.until === null || each.until > at) continue
              each.until = null
              each.isPending = true
            }
            ledger = withDueRows(ledger, at)
          }
          if (!('row' in happening)) continue
          const item = rows.get(happening.row)
          const each = expectation(happening.row)
          if (item === undefined) continue
          if (happening.kind === 'snooze' && !item.read) {
            Object.assign(each, { until: at + happening.hours * hour, isPending: false })
            ledger = withSnoozed(ledger, item, at + happening.hours * hour)
          }
          if (happening.kind === 'end') {
            each.until = null
            ledger = withoutSnoozed(ledger, item.id)
          }
          if (happening.kind === 'read') {
            each.until = null
            rows.set(item.id, { ...item, read: true })
            note({ source: 'channel', items: [], read: [item.id] })
          }
          if (happening.kind === 'grow') {
            Object.assign(each, { until: null, isPending: true })
            const grown = { ...item, read: false, count: (item.count ?? 0) + 1 }
            rows.set(item.id, grown)
            note({ source: 'channel', items: [grown], read: [] })
          }
        }
        const snoozed = new Map(ledger.snoozed.map(({ item, until }) => [item.id, until]))
        const pending = ledger.pending.map(({ id }) => id)
        expect(new Set(pending).size).toBe(pending.length)
        for (const [id, each] of expected) {
          expect(snoozed.get(id) ?? null).toBe(each.until)
          expect(pending.includes(id)).toBe(each.isPending)
        }
        const times = [...snoozed.values()]
        expect(nextDue(ledger, at)).toBe(times.length === 0 ? undefined : Math.min(...times))
      }),
    )
  })

  it('keeps a hundred rows of an account: of one more, the first that is due comes back at once', () => {
    let ledger = emptyLedger(now)
    for (let id = 1; id <= mostSnoozed + 1; id++) ledger = withSnoozed(ledger, notification({ id }), now + id)
    expect(ledger.snoozed).toHaveLength(mostSnoozed)
    expect(ledger.pending.map(({ id }) => id)).toEqual([1])
  })

  it('brings back at once what was snoozed before the clock was set back by weeks', () => {
    const ledger = withSnoozed(emptyLedger(now), notification(), now + 3 * hour)
    const earlier = now - 30 * day
    expect(nextDue(ledger, earlier)).toBe(earlier)
    expect(withDueRows(ledger, earlier)).toMatchObject({ snoozed: [], pending: [{ id: 1 }] })
  })
})
