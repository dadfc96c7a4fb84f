import { createHash } from 'node:crypto'
import { type ForumContext, isApiCall, memberOf, pageOf } from '../forum-context.ts'
import { readNotifications } from '../notification-changes.ts'
import { homePage } from '../pages/home-page.ts'
import { topicPage } from '../pages/topic-page.ts'
import { refuse } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { siteIcon } from '../site-icon.ts'

const MAX_AVATAR = 240

/** What is open to visitors, unless the site requires login (protocol.md 5.5). */
export const publicRoutes: readonly Route[] = [
  { method: 'GET', path: '/', action: 'list#latest', access: 'public', handle: (c) => c.html(homePage(pageOf(c))) },
  { method: 'GET', path: '/latest', action: 'list#latest', access: 'public', handle: latest },
  { method: 'GET', path: '/srv/status', action: 'forums#status', access: 'open', handle: (c) => c.text('ok') },
  { method: 'GET', path: '/about', action: 'about#index', access: 'public', handle: about },
  { method: 'GET', path: '/site/basic-info', action: 'site#basic_info', access: 'open', handle: basicInfo },
  { method: 'GET', path: '/t/:slug/:id{[0-9]+}', action: 'topics#show', access: 'public', handle: topic },
  { method: 'GET', path: '/t/:slug/:id{[0-9]+}/:post{[0-9]+}', action: 'topics#show', access: 'public', handle: topic },
  { method: 'GET', path: '/images/icon.png', action: 'static#icon', access: 'open', handle: icon },
  {
    method: 'GET',
    path: '/letter_avatar/:username/:size{[0-9]+}/1.png',
    action: 'user_avatars#show_letter',
    access: 'open',
    handle: avatar,
  },
]

function latest(c: ForumContext): Response | Promise<Response> {
  return isApiCall(c) ? c.json({ users: [], topic_list: { topics: [] } }) : c.html(homePage(pageOf(c)))
}

function about(c: ForumContext): Response {
  const site = c.get('site')
  return c.json({
    about: { title: site.title, description: site.settings.description, version: site.profile.version },
  })
}

/** Works on login-required sites too. Addresses are absolute, colours without `#` (protocol.md 5.5). */
function basicInfo(c: ForumContext): Response {
  const site = c.get('site')
  const image = `${site.origin}${site.path}/images/icon.png`
  return c.json({
    logo_url: image,
    logo_small_url: image,
    apple_touch_icon_url: image,
    favicon_url: image,
    title: site.title,
    description: site.settings.description,
    header_primary_color: 'fff',
    header_background_color: site.color,
    login_required: site.settings.loginRequired,
    mobile_logo_url: image,
    ...(site.profile.basicInfoHasLocale ? { locale: 'en', include_in_discourse_discover: false } : {}),
  })
}

function topic(c: ForumContext): Response | Promise<Response> {
  const { site, viewer } = pageOf(c)
  const found = site.notifications.topic(Number(c.req.param('id')))
  if (found === undefined || !found.visible) return refuse(c, 'not_found')
  const postNumber = Number(c.req.param('post') ?? '1')
  const user = memberOf(viewer)
  const leadHere = (user === null ? [] : site.notifications.ofUser(user.id)).filter(
    (notification) => notification.topicId === found.id && notification.postNumber === postNumber,
  )
  if (user !== null) site.notifications.readTopic(user.id, found.id)
  // Visiting the post marks its notifications as read, as the web client does (protocol.md 5.4).
  const isNews = leadHere.some(({ read }) => !read)
  if (user !== null && isNews && !site.readOnly) readNotifications(site, user.id, (one) => leadHere.includes(one))
  return c.html(topicPage(pageOf(c), found, postNumber, leadHere))
}

function icon(c: ForumContext): Response {
  return png(siteIcon(c.get('site').color, 64))
}

function avatar(c: ForumContext): Response {
  const size = Math.min(MAX_AVATAR, Math.max(1, Number(c.req.param('size'))))
  const color = createHash('sha256')
    .update(c.req.param('username') ?? '')
    .digest('hex')
    .slice(0, 6)
  return png(siteIcon(color, size))
}

function png(image: Buffer): Response {
  return new Response(new Uint8Array(image), { headers: { 'Content-Type': 'image/png' } })
}
