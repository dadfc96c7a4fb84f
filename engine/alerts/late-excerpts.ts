import type { NotificationItem, NotificationKind } from '../../common/contract/notification.ts'
import type { Clock } from '../ports/clock.ts'
import type { PortOutcome } from '../ports/notification-port.ts'
import type { Alert } from './alert.ts'

/**
 * Knows for which news the excerpt of a post is still to come: the live channel sends it in a bus message of its own,
 * some milliseconds after the row (protocol.md 14.6). A notification shown without it is replaced where the desktop can
 * do that.
 */
export interface LateExcerpts {
  /** Notes which of this news may get an excerpt. @returns whether any may */
  await(account: string, news: readonly NotificationItem[]): boolean
  /** Whether an excerpt of the account's news is awaited. */
  isAwaited(account: string): boolean
  onRows(account: string, rows: readonly NotificationItem[]): void
  /** An alert about one row has been shown. @param outcome undefined while the desktop has not answered */
  onShown(alert: Alert, outcome: PortOutcome | undefined): void
}

export interface LateExcerptsOptions {
  readonly clock: Clock
  /** Shows the alert again, now with its excerpt, in place of the earlier one. */
  readonly replace: (alert: Alert, excerpt: string) => void
}

/**
 * The kinds that forums send excerpts for: posts (`NOTIFIABLE_TYPES` of Discourse's post_alerter.rb), and mentions in
 * chat.
 */
const kindsWithExcerpt: ReadonlySet<NotificationKind> = new Set([
  'mentioned',
  'replied',
  'quoted',
  'posted',
  'linked',
  'private_message',
  'group_mentioned',
  'watching_first_post',
  'watching_category_or_tag',
  'chat_mention',
])

/** An excerpt that comes later than this belongs to nothing on the screen any more; in milliseconds. */
const latest = 3000

export const createLateExcerpts = ({ clock, replace }: LateExcerptsOptions): LateExcerpts => {
  /** The rows that an excerpt may come for, by account; each until when. */
  const awaited = new Map<string, Map<number, number>>()
  /** Alerts that were shown without an excerpt and can be replaced, by tag. */
  const shown = new Map<string, { readonly alert: Alert; readonly at: number }>()

  const forgetOld = (): void => {
    const now = clock.elapsed()
    for (const [tag, { at }] of shown) if (now - at > latest) shown.delete(tag)
    for (const [account, rows] of awaited) {
      for (const [id, until] of rows) if (until < now) rows.delete(id)
      if (rows.size === 0) awaited.delete(account)
    }
  }

  return {
    await: (account, news) => {
      forgetOld()
      const ids = news.filter(({ kind, excerpt }) => excerpt === null && kindsWithExcerpt.has(kind)).map(({ id }) => id)
      const until = clock.elapsed() + latest
      const rows = awaited.get(account) ?? new Map<number, number>()
      for (const id of ids) rows.set(id, until)
      if (rows.size > 0) awaited.set(account, rows)
      return ids.length > 0
    },
    isAwaited: (account) => (awaited.get(account)?.size ?? 0) > 0,
    onRows: (account, rows) => {
      for (const { id, excerpt } of rows) {
        if (excerpt === null) continue
        awaited.get(account)?.delete(id)
        for (const [tag, { alert, at }] of shown) {
          if (alert.account !== account || alert.notification?.id !== id) continue
          shown.delete(tag)
          if (clock.elapsed() - at <= latest) replace(alert, excerpt)
        }
      }
    },
    onShown: (alert, outcome) => {
      forgetOld()
      const id = alert.notification?.id
      const lacksExcerpt = id !== undefined && awaited.get(alert.account)?.has(id) === true
      if (lacksExcerpt && outcome?.kind === 'shown' && outcome.canReplace === true)
        shown.set(alert.tag, { alert, at: clock.elapsed() })
    },
  }
}
