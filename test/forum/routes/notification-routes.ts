import { type ForumContext, isApiCall, pageOf, theMember } from '../forum-context.ts'
import { readAllNotifications, readNotifications, seeNotifications } from '../notification-changes.ts'
import { historyList, recentList } from '../notification-list.ts'
import { typeNumbers } from '../notification-types.ts'
import { messagePage } from '../pages/layout.ts'
import { notificationsPage } from '../pages/notifications-page.ts'
import { hasParam, textParam } from '../params.ts'
import type { Profile } from '../profiles.ts'
import { refuse } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { totalsJson } from '../user-json.ts'

/** Listing, counting and reading notifications (protocol.md 5.2 to 5.4). */
export function notificationRoutes(profile: Profile): readonly Route[] {
  return [
    { method: 'GET', path: '/notifications', action: 'notifications#index', access: 'member', handle: list },
    ...(profile.hasTotals ? [totalsRoute] : []),
    ...['/notifications/mark-read', '/notifications/read'].map(
      (path): Route => ({ method: 'PUT', path, action: 'notifications#mark_read', access: 'member', handle: markRead }),
    ),
    {
      method: 'POST',
      path: '/notifications/dismiss-all',
      action: 'notifications#dismiss_all',
      access: 'member',
      handle: dismissAll,
    },
    {
      method: 'GET',
      path: '/u/:username/notifications',
      action: 'users#notifications',
      access: 'member',
      handle: showPage,
    },
  ]
}

const totalsRoute: Route = {
  method: 'GET',
  path: '/notifications/totals',
  action: 'notifications#totals',
  access: 'member',
  handle: (c) => (isApiCall(c) ? c.json(totalsJson(c.get('site'), theMember(c))) : applicationShell(c)),
}

function list(c: ForumContext): Response | Promise<Response> {
  if (!isApiCall(c)) return applicationShell(c)
  const site = c.get('site')
  const params = c.get('params')
  const viewer = theMember(c)
  const username = textParam(params, 'username')
  const user = username === undefined ? viewer : site.users.find(username)
  if (user === undefined) return refuse(c, 'not_found')
  if (user.id !== viewer.id && !viewer.staff) return refuse(c, 'invalid_access')

  const recent = hasParam(params, 'recent')
  const answer = recent ? recentList(site, user, params) : historyList(site, user, params)
  if (answer === null) return refuse(c, 'invalid_parameters')
  // The presence of `silent` counts, whatever its value; a read-only site records nothing (protocol.md 5.3).
  if (recent && !hasParam(params, 'silent') && !site.readOnly) seeNotifications(site, user.id)
  return c.json({ ...answer, seen_notification_id: site.users.byId(user.id)?.seenNotificationId })
}

/** Protocol 5.4. A foreign or unknown id has no effect and is no error; no parameter at all means everything. */
function markRead(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const user = theMember(c)
  const params = c.get('params')
  const dismiss = site.profile.hasUserMenu ? textParam(params, 'dismiss_types') : undefined
  if (hasParam(params, 'id') && params['id'] !== null) {
    const id = Number(textParam(params, 'id'))
    readNotifications(site, user.id, (notification) => notification.id === id)
  } else if (dismiss !== undefined) {
    const { numbers, unknown } = typeNumbers(dismiss)
    if (unknown.length > 0) return refuse(c, 'invalid_parameters')
    readNotifications(site, user.id, ({ type }) => numbers.includes(type))
  } else {
    readAllNotifications(site, user.id)
  }
  return c.json({ success: 'OK' })
}

function dismissAll(c: ForumContext): Response {
  const site = c.get('site')
  const user = theMember(c)
  readAllNotifications(site, user.id)
  return c.redirect(`${site.path}/u/${encodeURIComponent(user.username)}/notifications`, 302)
}

function showPage(c: ForumContext): Response | Promise<Response> {
  const user = theMember(c)
  if (c.req.param('username')?.toLowerCase() !== user.username.toLowerCase()) return refuse(c, 'not_found')
  return c.html(notificationsPage(pageOf(c), c.get('site').notifications.ofUser(user.id)))
}

/** A GET that asks for no JSON gets the page the web client starts from, with 200 (protocol.md 4.2). */
function applicationShell(c: ForumContext): Response | Promise<Response> {
  return c.html(messagePage(pageOf(c), c.get('site').title, 'This address is meant for programs. Ask for .json.'))
}
