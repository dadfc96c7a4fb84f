import { type ForumContext, pageOf, theMember, wantsJson } from '../forum-context.ts'
import type { StoredKey } from '../key-store.ts'
import { appsPage } from '../pages/apps-page.ts'
import { textParam } from '../params.ts'
import { refuse } from '../refusal.ts'
import type { Route } from '../routing.ts'

/** Taking keys back, by the key itself or from the member's Apps page (protocol.md 1.7). */
export const appRoutes: readonly Route[] = [
  { method: 'POST', path: '/user-api-key/revoke', action: 'user_api_keys#revoke', access: 'member', handle: revoke },
  {
    method: 'POST',
    path: '/user-api-key/undo-revoke',
    action: 'user_api_keys#undo_revoke',
    access: 'member',
    handle: undoRevoke,
  },
  {
    method: 'GET',
    path: '/u/:username/preferences/apps',
    action: 'users#preferences_apps',
    access: 'member',
    handle: showApps,
  },
]

function revoke(c: ForumContext): Response | Promise<Response> {
  return withKey(c, (key) => c.get('site').keys.change(key.id, { revokedAt: c.get('site').now() }))
}

function undoRevoke(c: ForumContext): Response | Promise<Response> {
  return withKey(c, (key) => c.get('site').keys.change(key.id, { revokedAt: null }))
}

/** Finds the key that is meant: by `id`, or the one the request carries. Another user's key is refused. */
function withKey(c: ForumContext, act: (key: StoredKey) => void): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const id = textParam(c.get('params'), 'id')
  const user = theMember(c)
  const key = id === undefined ? (viewer.kind === 'key' ? viewer.key : undefined) : site.keys.byId(Number(id))
  if (key === undefined) return refuse(c, 'not_found')
  if (key.userId !== user.id && !(viewer.kind === 'browser' && user.staff)) {
    return refuse(c, 'invalid_access')
  }
  act(key)
  return viewer.kind === 'browser' && !wantsJson(c)
    ? c.redirect(`${site.path}/u/${encodeURIComponent(user.username)}/preferences/apps`, 302)
    : c.json({ success: 'OK' })
}

function showApps(c: ForumContext): Response | Promise<Response> {
  const user = theMember(c)
  if (c.req.param('username')?.toLowerCase() !== user.username.toLowerCase()) return refuse(c, 'not_found')
  return c.html(appsPage(pageOf(c), c.get('site').keys.ofUser(user.id)))
}
