import type { NotificationItem } from '../../../common/contract/notification.ts'
import type { SnoozeChoice } from '../../../common/contract/snooze-choice.ts'
import type { AlertLedger } from '../ledger/alert-ledger.ts'
import type { RowsUpdate } from '../ledger/note-rows.ts'
import { instantOf, localTime, type TimeZone } from '../quiet/local-time.ts'
import { pauseUntil } from '../quiet/quiet.ts'

// Notification rows that the user has put off. They stand in their account's ledger until they are due, and are pending news
// from then on. Pure functions on an immutable ledger.

export type SnoozedRow = AlertLedger['snoozed'][number]

/** Of one account; the row that is due first comes back when one more is snoozed. */
export const mostSnoozed = 100

const hour = 60 * 60_000
const day = 24 * hour
/** Longer than any choice lasts, in milliseconds: what is due later was snoozed before the clock was set back. */
const longestSnooze = 9 * day
const morning = 8

/**
 * When a row comes back that is snoozed now, in milliseconds since 1970: in three hours, or at eight in the morning.
 * Tomorrow comes after the coming night, or after the present one.
 */
export const snoozeUntil = (choice: SnoozeChoice, now: number, timeZone?: TimeZone): number => {
  switch (choice) {
    case 'later':
      return now + 3 * hour
    case 'tomorrow':
      return Number(pauseUntil('tomorrow', now, timeZone))
    case 'nextWeek': {
      // The day 0 is a Thursday; Mondays are the days that leave 4 when divided by 7.
      const today = Math.floor(localTime(now, timeZone) / day)
      const sinceMonday = (((today - 4) % 7) + 7) % 7
      return instantOf((today - sinceMonday + 7) * day + morning * hour, timeZone)
    }
  }
}

/** Puts a row off. There is no alert about it until then, also none that waited for its turn or the end of a quiet time. */
export const withSnoozed = (ledger: AlertLedger, item: NotificationItem, until: number): AlertLedger => {
  const others = ledger.snoozed.filter((snoozed) => snoozed.item.id !== item.id)
  const isOther = ({ id }: NotificationItem): boolean => id !== item.id
  const all = [...others, { item, until }].toSorted((a, b) => a.until - b.until || a.item.id - b.item.id)
  return withPending(
    {
      ...ledger,
      snoozed: all.slice(-mostSnoozed),
      pending: ledger.pending.filter(isOther),
      deferred: ledger.deferred.filter(isOther),
    },
    all.slice(0, -mostSnoozed),
  )
}

/** The row is in sight again, and no news. */
export const withoutSnoozed = (ledger: AlertLedger, id: number): AlertLedger =>
  ledger.snoozed.some(({ item }) => item.id === id)
    ? { ...ledger, snoozed: ledger.snoozed.filter(({ item }) => item.id !== id) }
    : ledger

/** When the next row is due, in milliseconds since 1970; undefined where none is snoozed. */
export const nextDue = ({ snoozed }: AlertLedger, now: number): number | undefined => {
  const [first] = snoozed.map(({ until }) => (until > now + longestSnooze ? now : until)).toSorted((a, b) => a - b)
  return first
}

/** Makes pending news of the rows that are due. */
export const withDueRows = (ledger: AlertLedger, now: number): AlertLedger => {
  const isDue = ({ until }: SnoozedRow): boolean => until <= now || until > now + longestSnooze
  const due = ledger.snoozed.filter(isDue)
  if (due.length === 0) return ledger
  return withPending({ ...ledger, snoozed: ledger.snoozed.filter((row) => !isDue(row)) }, due)
}

const withPending = (ledger: AlertLedger, due: readonly SnoozedRow[]): AlertLedger => {
  if (due.length === 0) return ledger
  const ids = new Set(due.map(({ item }) => item.id))
  return {
    ...ledger,
    pending: [...ledger.pending.filter(({ id }) => !ids.has(id)), ...due.map(({ item }) => item)],
  }
}

/**
 * Takes in what the forum says about snoozed rows: one that was read is snoozed no longer, nor is one that is news again,
 * such as a like that has become two. The others are kept as they stand now.
 */
export const noteSnoozed = (
  ledger: AlertLedger,
  update: RowsUpdate,
  news: readonly NotificationItem[],
): AlertLedger => {
  if (ledger.snoozed.length === 0) return ledger
  const gone = new Set([
    ...news.map(({ id }) => id),
    ...update.items.filter(({ read }) => read).map(({ id }) => id),
    ...(update.source === 'channel' ? update.read : []),
  ])
  const latest = new Map(update.items.map((item) => [item.id, item]))
  const snoozed = ledger.snoozed
    .filter(({ item }) => !gone.has(item.id))
    .map((row) => {
      const item = latest.get(row.item.id)
      return item === undefined ? row : { ...row, item: { ...item, excerpt: item.excerpt ?? row.item.excerpt } }
    })
  return { ...ledger, snoozed }
}
