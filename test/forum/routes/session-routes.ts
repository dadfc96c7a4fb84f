import { deleteCookie } from 'hono/cookie'
import { type ForumContext, isApiCall, memberOf, pageOf } from '../forum-context.ts'
import { messagePage } from '../pages/layout.ts'
import { loginPage } from '../pages/login-page.ts'
import { textParam } from '../params.ts'
import { cookiePath, goToDestination, logInAs, type Route } from '../routing.ts'
import { currentUserJson, userIdentity } from '../user-json.ts'
import { csrfTokenOf, SESSION_COOKIE } from '../viewers.ts'

/** Logging in and out, and `/session/current.json`. */
export const sessionRoutes: readonly Route[] = [
  { method: 'GET', path: '/login', action: 'static#enter', access: 'open', handle: showLogin },
  { method: 'POST', path: '/login', action: 'session#create', access: 'open', isForPrograms: true, handle: logIn },
  { method: 'POST', path: '/session', action: 'session#create', access: 'open', handle: logInWithJson },
  { method: 'POST', path: '/logout', action: 'session#destroy', access: 'open', handle: logOut },
  { method: 'GET', path: '/session/csrf', action: 'session#csrf', access: 'open', handle: csrfToken },
  { method: 'GET', path: '/session/current', action: 'session#current', access: 'open', handle: currentSession },
]

function showLogin(c: ForumContext): Response | Promise<Response> {
  const { viewer, site } = pageOf(c)
  if (viewer.kind === 'browser') return c.redirect(`${site.path}/`, 302)
  return site.settings.discourseConnect
    ? c.redirect(`${site.path}/session/sso`, 302)
    : c.html(loginPage(pageOf(c), '', null))
}

function logIn(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const params = c.get('params')
  const username = textParam(params, 'login') ?? ''
  const user = site.users.find(username)
  if (user === undefined || user.password !== textParam(params, 'password')) {
    return c.html(loginPage(pageOf(c), username, 'User name or password is wrong.'), 403)
  }
  if (user.suspended) return c.html(loginPage(pageOf(c), username, 'This account is suspended.'), 403)

  logInAs(c, user)
  return goToDestination(c)
}

/** As the web client does: 200 in any case, with the user or with the reason (`session#create`). */
function logInWithJson(c: ForumContext): Response {
  const site = c.get('site')
  const user = site.users.find(textParam(c.get('params'), 'login') ?? '')
  if (user === undefined || user.password !== textParam(c.get('params'), 'password')) {
    return c.json({ error: 'User name or password is wrong.' })
  }
  if (user.suspended) return c.json({ error: 'This account is suspended.', reason: 'suspended' })
  logInAs(c, user)
  return c.json({ user: userIdentity(site, user) })
}

function logOut(c: ForumContext): Response {
  const { viewer, site } = pageOf(c)
  if (viewer.kind === 'browser') site.sessions.close(viewer.session.token)
  deleteCookie(c, SESSION_COOKIE, { path: cookiePath(site) })
  return c.redirect(`${site.path}/`, 302)
}

function csrfToken(c: ForumContext): Response {
  return c.json({ csrf: csrfTokenOf(c.get('site'), c.get('viewer')) })
}

/** 404 with an empty body without a user, as when a proxy took the key away (protocol.md 4.2, 5.1). */
function currentSession(c: ForumContext): Response | Promise<Response> {
  const user = memberOf(c.get('viewer'))
  if (user === null) return c.body('', 404, { 'Content-Type': 'text/plain; charset=utf-8' })
  if (!isApiCall(c)) return c.html(messagePage(pageOf(c), c.get('site').title, 'This address is meant for programs.'))
  return c.json({ current_user: currentUserJson(c.get('site'), user) })
}
