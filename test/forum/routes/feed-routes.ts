import { type ForumContext, theMember } from '../forum-context.ts'
import { refuse } from '../refusal.ts'
import type { Route } from '../routing.ts'

/** What programs of other kinds fetch; here a key may stand in the query (protocol.md 3; 11, no. 75). */
export const feedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/u/:username/bookmarks.ics',
    action: 'users#bookmarks',
    access: 'member',
    keyInQuery: true,
    handle: bookmarks,
  },
  {
    method: 'GET',
    path: '/latest.rss',
    action: 'list#latest_feed',
    access: 'public',
    keyInQuery: true,
    handle: latest,
  },
  {
    method: 'GET',
    path: '/u/:username/topic-tracking-state',
    action: 'users#topic_tracking_state',
    access: 'member',
    handle: (c) => (isOwn(c) ? c.json([]) : refuse(c, 'invalid_access')),
  },
]

function bookmarks(c: ForumContext): Response | Promise<Response> {
  if (!isOwn(c)) return refuse(c, 'invalid_access')
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Simulated Discourse//EN', 'END:VCALENDAR', '']
  return c.body(lines.join('\r\n'), 200, { 'Content-Type': 'text/calendar; charset=utf-8' })
}

function latest(c: ForumContext): Response {
  const site = c.get('site')
  const items = site.notifications
    .topics()
    .filter(({ visible }) => visible)
    .map(({ id, slug }) => `<item><link>${site.origin}${site.path}/t/${slug}/${id}</link></item>`)
  const channel = `<link>${site.origin}${site.path}/latest</link>${items.join('')}`
  return c.body(`<?xml version="1.0"?><rss version="2.0"><channel>${channel}</channel></rss>`, 200, {
    'Content-Type': 'application/rss+xml; charset=utf-8',
  })
}

function isOwn(c: ForumContext): boolean {
  return c.req.param('username')?.toLowerCase() === theMember(c).username.toLowerCase()
}
