import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Counts } from '../../common/contract/snapshot.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { atSite, shownHost } from './address.ts'
import type { Http, HttpAnswer, HttpRequest } from './http.ts'
import { browserParams, httpError, isSuccess, type Situation } from './http-error.ts'
import { wholeNumber } from './notification-data.ts'
import { type NotificationList, readNotifications } from './notification-item.ts'
import { doneSchema, readJson, sessionSchema, totalsSchema } from './response-schemas.ts'

/** One account's requests to its forum: each carries the key, and none follows a redirect. */
export interface ForumClient {
  /** Counts from `/notifications/totals.json`; for forums before 3.3 `unexpected_answer` or `access_refused`. */
  totals(): Promise<Result<{ username: string | undefined; counts: Counts }>>
  /** Who the key belongs to, the counts, and where the live channels are, from `/session/current.json`. */
  session(): Promise<Result<Session>>
  /**
   * The notifications, unread ones first; reading them does not change what counts as seen. `username` is the user's
   * own.
   */
  notifications(username: string, limit: number): Promise<Result<NotificationList>>
  /**
   * The notifications by date, newest first, without changing what counts as seen. Old forums ignore `limit` and send
   * 60.
   * @param offset how many of the newest to skip
   */
  history(username: string, offset: number, limit: number): Promise<Result<NotificationHistory>>
  /** Marks one notification as read. A forum silently ignores an id that is not the user's. */
  markRead(id: number): Promise<Result<null>>
  /** Marks every notification of the user as read. */
  markAllRead(): Promise<Result<null>>
  /** Asks the forum to revoke the key (protocol.md 1.7). `access_refused` means that it is already unusable. */
  revoke(): Promise<Result<null>>
}

/** A page of the history (protocol.md 5.3). */
export interface NotificationHistory extends NotificationList {
  /** How many notifications there are in all, visible or not; null where the forum does not say. */
  readonly total: number | null
}

const historySchema = v.object({ total_rows_notifications: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })

/** What `/session/current.json` says (protocol.md 5.1). */
export interface Session {
  readonly userId: number
  readonly username: string
  /** The avatar's address, with `{size}` for its width in pixels. */
  readonly avatarTemplate: string | null
  readonly counts: Counts
  /** Where `/notification/<user id>` and `/do-not-disturb/<user id>` are; -1 where the forum does not say. */
  readonly notificationPosition: number
  readonly doNotDisturbPosition: number
  /** When the user's do-not-disturb ends, in milliseconds since 1970; null if it is off. */
  readonly doNotDisturbUntil: number | null
  /** When the forum answered, by its own clock and in whole seconds; null where it does not say. */
  readonly answeredAt: number | null
}

/**
 * Failures of all calls: those of `http` and `httpError`; of reads also those of `unreadable`, of changes
 * `change_not_confirmed`.
 * @param reading what the answers of reading calls are for
 */
export const createForumClient = (
  http: Http,
  base: string,
  key: string,
  reading: Situation = 'polling',
): ForumClient => {
  const host = shownHost(base)
  const get = async (path: string): Promise<Result<HttpAnswer>> => {
    const answer = await http.send({ method: 'GET', url: atSite(base, path), key })
    const isRefused = answer.ok && !isSuccess(answer.value)
    return isRefused ? { ok: false, failure: httpError(answer.value, base, reading) } : answer
  }
  const read = async <Schema extends v.GenericSchema>(path: string, schema: Schema) => {
    const answer = await get(path)
    return answer.ok ? readJson(schema, answer.value, base) : answer
  }
  /**
   * A change is done when the forum says so in its own words, `{"success":"OK"}` (protocol.md 1.7 and 5.4): status 200
   * is also what a network's login page answers.
   */
  const confirm = async (request: HttpRequest, situation: Situation): Promise<Result<null>> => {
    const answer = await http.send(request)
    if (!answer.ok) return answer
    if (!isSuccess(answer.value)) return { ok: false, failure: httpError(answer.value, base, situation) }
    const isDone = v.is(doneSchema, parseBoundedJson(answer.value.text))
    return isDone ? ok(null) : fail('change_not_confirmed', browserParams(base))
  }
  const markRead = (which: { readonly id?: number }): Promise<Result<null>> =>
    confirm({ method: 'PUT', url: atSite(base, '/notifications/mark-read.json'), key, json: which }, 'marking')
  return {
    totals: async () => {
      const answer = await read('/notifications/totals.json', totalsSchema)
      return answer.ok ? ok({ username: answer.value.username, counts: totalsCounts(answer.value) }) : answer
    },
    session: async () => {
      const answer = await get('/session/current.json')
      // A bare 404 here means that the forum saw no key at all (protocol.md 4.2).
      if (!answer.ok && answer.failure.code === 'unexpected_answer' && answer.failure.params?.['status'] === 404) {
        return fail('key_header_stripped', { host })
      }
      if (!answer.ok) return answer
      const session = readJson(sessionSchema, answer.value, base)
      if (!session.ok) return session
      const user = session.value.current_user
      const answeredAt = Date.parse(answer.value.headers.get('date') ?? '')
      const quietUntil = Date.parse(user.do_not_disturb_until ?? '')
      return ok({
        userId: user.id,
        username: user.username,
        avatarTemplate: user.avatar_template ?? null,
        counts: sessionCounts(user),
        notificationPosition: user.notification_channel_position ?? -1,
        doNotDisturbPosition: user.do_not_disturb_channel_position ?? -1,
        doNotDisturbUntil: Number.isNaN(quietUntil) ? null : quietUntil,
        answeredAt: Number.isNaN(answeredAt) ? null : answeredAt,
      })
    },
    notifications: async (username, limit) => {
      // Without `silent` the forum marks everything as seen, and the count in the user's browser disappears
      // (protocol.md 5.3).
      const answer = await read(`/notifications.json?recent=true&silent=true&limit=${limit}`, v.unknown())
      return answer.ok ? readNotifications(answer.value, base, username) : answer
    },
    history: async (username, offset, limit) => {
      const answer = await read(`/notifications.json?limit=${limit}&offset=${offset}`, v.unknown())
      if (!answer.ok) return answer
      const list = readNotifications(answer.value, base, username)
      if (!list.ok) return list
      const total = v.safeParse(historySchema, answer.value)
      return ok({ ...list.value, total: total.success ? total.output.total_rows_notifications : null })
    },
    markRead: async (id) => {
      // Without an id the forum marks all of them (protocol.md 5.4).
      if (!Number.isSafeInteger(id) || id <= 0) throw new RangeError('the id of a notification is a positive number')
      return await markRead({ id })
    },
    markAllRead: () => markRead({}),
    revoke: () => confirm({ method: 'POST', url: atSite(base, '/user-api-key/revoke.json'), key }, 'revoking'),
  }
}

const withTotal = (counts: Omit<Counts, 'total'>): Counts => ({
  ...counts,
  total: counts.notifications + counts.messages + counts.chat + counts.reviewables,
})

/** Where Discourse stops counting notifications, private messages included (protocol.md 5.1 and 5.2). */
const cap = 99

/** Totals already separate private messages from the other notifications (protocol.md 5.2). */
const totalsCounts = (totals: v.InferOutput<typeof totalsSchema>): Counts => {
  const { topic_tracking: topics, group_inboxes: inboxes } = totals
  const notifications = totals.unread_notifications
  const messages = totals.unread_personal_messages ?? 0
  return withTotal({
    notifications,
    messages,
    chat: totals.chat_notifications ?? 0,
    reviewables: totals.unseen_reviewables ?? 0,
    ...(notifications + messages >= cap ? { isCapped: true } : {}),
    ...(topics ? { topics: { new: topics.new ?? 0, unread: topics.unread ?? 0 } } : {}),
    ...(inboxes === undefined || inboxes.length === 0
      ? {}
      : { groupInboxes: inboxes.map(({ group_id: id, group_name: name, count }) => ({ id, name, count })) }),
  })
}

/**
 * The same from a session, as the site computes its own badge (protocol.md 5.1): all unread where the field exists,
 * else unread and high priority added. Private messages are subtracted from that sum, which includes them. Before 3.0
 * nothing distinguishes them from reminders: `unread_private_messages` counts both (protocol.md 14).
 */
const sessionCounts = (user: v.InferOutput<typeof sessionSchema>['current_user']): Counts => {
  const high = user.unread_high_priority_notifications ?? 0
  const low = user.unread_notifications ?? 0
  const all = user.all_unread_notifications_count ?? low + high
  const counted =
    user.new_personal_messages_notifications_count ?? wholeNumber(user.grouped_unread_notifications?.['6'])
  const messages = Math.min(all, counted ?? 0)
  return withTotal({
    notifications: all - messages,
    messages,
    chat: 0,
    reviewables: user.unseen_reviewable_count ?? 0,
    ...((user.all_unread_notifications_count ?? low) >= cap ? { isCapped: true } : {}),
    ...(counted === null && high > 0 ? { undivided: Math.min(all, high) } : {}),
  })
}
