import { getCookie } from 'hono/cookie'
import type { ForumContext, Viewer } from './forum-context.ts'
import type { Site } from './site.ts'

export const SESSION_COOKIE = '_t'

/** Who the browser with this cookie is. */
export function viewerByCookie(c: ForumContext): Viewer {
  const site = c.get('site')
  const session = site.sessions.find(getCookie(c, SESSION_COOKIE))
  const user = session === undefined ? undefined : site.users.byId(session.userId)
  return session === undefined || user === undefined || user.suspended
    ? { kind: 'anonymous' }
    : { kind: 'browser', user, session }
}

/** What a form on a page has to send back. Strangers share one, where Discourse gives each browser its own. */
export function csrfTokenOf(site: Site, viewer: Viewer): string {
  return viewer.kind === 'browser' ? viewer.session.csrfToken : site.csrfTokenOfStrangers
}

/** A browser's request shows that its user is here; one with a key does so only when it says so (protocol.md 4, step 7). */
export function noteSeen(c: ForumContext, viewer: Viewer): void {
  const isHere = viewer.kind === 'browser' || c.req.header('discourse-present') === 'true'
  if (viewer.kind === 'anonymous' || !isHere) return
  const site = c.get('site')
  site.users.change(viewer.user.id, { lastSeenAt: site.now() })
}
