import type { Notification } from './notification-store.ts'
import { isLikeType, typeNumbers } from './notification-types.ts'
import { hasParam, type Params, textParam } from './params.ts'
import type { Profile } from './profiles.ts'
import { cgiEscape } from './redirect-url.ts'
import { SimulatedCrash } from './refusal.ts'
import type { Site } from './site.ts'
import { avatarTemplate } from './user-json.ts'
import type { User } from './user-store.ts'

const DEFAULT_RECENT = 15
const HISTORY_LIMIT = 60

/** `?recent=true` (protocol.md 5.3), without its effect on what is seen. `null`: a limit this version refuses. */
export function recentList(site: Site, user: User, params: Params): Record<string, unknown> | null {
  const { profile } = site
  const limit = readLimit(params, DEFAULT_RECENT, profile.maxRecentLimit, profile.onOversizedLimit)
  if (limit === null) return null
  const types = profile.hasUserMenu ? typeNumbers(textParam(params, 'filter_by_types') ?? '').numbers : []
  const wanted = site.notifications
    .ofUser(user.id)
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .toSorted((a, b) => rank(a, profile) - rank(b, profile))
  const showsReviewables = profile.hasUserMenu && user.staff && types.length === 0
  return {
    notifications: cut(site, wanted, 0, limit).map((notification) => itemJson(site, notification)),
    ...(showsReviewables ? { pending_reviewables: pendingReviewables(user) } : {}),
  }
}

/** The history mode: newest first, in pages, without effect on what is seen. `null`: a limit this version refuses. */
export function historyList(site: Site, user: User, params: Params): Record<string, unknown> | null {
  const { profile } = site
  const limit = profile.historyTakesLimit
    ? readLimit(params, HISTORY_LIMIT, HISTORY_LIMIT, profile.onOversizedLimit)
    : HISTORY_LIMIT
  if (limit === null) return null
  const offset = wholeNumber(textParam(params, 'offset')) ?? 0
  const filter = textParam(params, 'filter')
  const wanted = site.notifications
    .ofUser(user.id)
    .filter(({ read }) => (filter === 'read' ? read : filter === 'unread' ? !read : true))
  const more = [
    ...(filter === undefined ? [] : [`filter=${cgiEscape(filter)}`]),
    ...(profile.historyTakesLimit ? [`limit=${limit}`] : []),
    `offset=${offset + limit}`,
    `username=${cgiEscape(user.username)}`,
  ]
  return {
    notifications: cut(site, wanted, offset, limit).map((notification) => itemJson(site, notification)),
    total_rows_notifications: wanted.length,
    load_more_notifications: `${site.path}/notifications?${more.join('&')}`,
  }
}

/** One item of the list (protocol.md 5.3). */
export function itemJson(site: Site, notification: Notification): Record<string, unknown> {
  const topic = notification.topicId === null ? undefined : site.notifications.topic(notification.topicId)
  return {
    id: notification.id,
    user_id: notification.userId,
    notification_type: notification.type,
    read: notification.read,
    ...(site.profile.highPriorityInItems ? { high_priority: notification.highPriority } : {}),
    created_at: new Date(notification.createdAt).toISOString(),
    post_number: notification.postNumber,
    topic_id: notification.topicId,
    slug: topic?.slug ?? null,
    ...(topic === undefined ? {} : { fancy_title: escapeHtml(topic.title) }),
    data: notification.data,
    ...(site.profile.actingUserAvatarInItems && site.settings.avatarsInMenus
      ? { acting_user_avatar_template: avatarTemplate(site, notification.actingUsername) }
      : {}),
  }
}

function cut(site: Site, wanted: readonly Notification[], offset: number, limit: number): readonly Notification[] {
  const inSight = (notification: Notification): boolean => site.notifications.isInSight(notification)
  return site.profile.hidesTopicsAfterLimit
    ? wanted.slice(offset, offset + limit).filter(inSight)
    : wanted.filter(inSight).slice(offset, offset + limit)
}

/** Unread high priority first, then, in newer versions, unread, then the rest, among which likes wait. */
function rank({ read, highPriority, type }: Notification, { unreadFirst, likesLowered }: Profile): number {
  if (highPriority && !read) return 0
  if (read || !unreadFirst) return 2
  return likesLowered && isLikeType(type) ? 2 : 1
}

function readLimit(params: Params, byDefault: number, max: number, onOversized: 'clamp' | 'refuse'): number | null {
  if (!hasParam(params, 'limit')) return byDefault
  const limit = wholeNumber(textParam(params, 'limit'))
  if (onOversized === 'clamp') {
    if (/^-\d/.test(textParam(params, 'limit') ?? '')) throw new SimulatedCrash('PG::InvalidRowCountInLimitClause')
    return Math.min(max, limit ?? 0)
  }
  return limit !== null && limit <= max ? limit : null
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function pendingReviewables(user: User): readonly Record<string, unknown>[] {
  return Array.from({ length: user.reviewables }, (_, index) => ({
    id: index + 1,
    type: 'ReviewableFlaggedPost',
    pending: true,
    flagger_username: 'system',
  }))
}

/** Discourse stores titles escaped: a client that shows `fancy_title` undecoded shows `&amp;`. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
