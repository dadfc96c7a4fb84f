import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { parsePublicKey } from './encrypt-payload.ts'
import { type ForumContext, type ForumEnv, fullPath, memberOf, type Viewer, wantsJson } from './forum-context.ts'
import { viewerByKey } from './key-check.ts'
import { readParams, textParam } from './params.ts'
import { isRedirectAllowed } from './redirect-rules.ts'
import { refuse, refuseMissingRoute } from './refusal.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'
import { csrfTokenOf, noteSeen, SESSION_COOKIE, viewerByCookie } from './viewers.ts'

/** Answers before everything that controllers have in common. */
const STATUS = 'forums#status'
const DESTINATION_COOKIE = 'destination_url'

const NO_STORE = {
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  Expires: '0',
  'Referrer-Policy': 'same-origin',
} as const

/** One route of the forum. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the folder and without `.json`, which every route takes. */
  readonly path: string
  /** Discourse's controller and action: what scopes match, and the `X-Discourse-Route` header. */
  readonly action: string
  /** `open`: anyone, always. `public`: anyone unless the site requires login. `member`: only logged in. */
  readonly access: 'open' | 'public' | 'member'
  readonly handle: (c: ForumContext) => Response | Promise<Response>
  /** The key may also come in the query, as calendars and feed readers send it (protocol.md 4, step 1). */
  readonly keyInQuery?: true
  /**
   * Takes requests without a CSRF token from anybody: device requests, registrations, and our own pages for logging in.
   */
  readonly isForPrograms?: true
  /** Nothing may keep the answer, from the version with the device flow on (protocol.md 1.10). */
  readonly noStore?: true
  /** Where this is false the route answers as if it did not exist. */
  readonly exists?: (site: Site) => boolean
  /** Answers HEAD before any check at all; without it HEAD is a GET without its body. */
  readonly head?: (c: ForumContext) => Response
}

/** The path that routes are matched with: without the folder and `.json`; `null` outside the folder. */
export function routePath(url: string, folder: string): string | null {
  const { pathname } = new URL(url)
  if (pathname !== folder && !pathname.startsWith(`${folder}/`)) return null
  const path = pathname.slice(folder.length).replace(/\.json$/, '')
  return path === '' ? '/' : path
}

/** Adds the routes; each goes through the same checks a Discourse controller does. */
export function addRoutes(app: Hono<ForumEnv>, routes: readonly Route[]): void {
  for (const route of routes) app.on(route.method, route.path, (c) => dispatch(c, route))
}

async function dispatch(c: ForumContext, route: Route): Promise<Response> {
  const site = c.get('site')
  if (route.exists?.(site) === false) return refuseMissingRoute(c)
  if (c.req.method === 'HEAD' && route.head !== undefined) {
    c.set('handled', true)
    const probed = route.head(c)
    noteRoute(c, route, probed)
    return probed
  }
  const params = await readParams(c)
  if (params === null) return refuse(c, 'invalid_parameters')
  c.set('params', params.all)

  const key = c.get('keyHeader') ?? (route.keyInQuery === true ? textParam(params.all, 'user_api_key') : undefined)
  if (key !== undefined) c.get('logged')({ body: params.body })
  // A key overrides the cookie (protocol.md 4, step 1).
  const viewer = key === undefined ? viewerByCookie(c) : viewerByKey(c, key, route.action, params.all)
  if (viewer.kind === 'refused') return viewer.answer()
  c.set('viewer', viewer)
  noteSeen(c, viewer)

  if (needsCsrfToken(route, viewer) && !hasCsrfToken(c, viewer)) return c.text('["BAD CSRF"]', 403)
  const response = await act(c, route, viewer)
  if (route.action !== STATUS) noteRoute(c, route, response)
  return response
}

/** What the controller does with a request that has come as far as it. */
async function act(c: ForumContext, route: Route, viewer: Viewer): Promise<Response> {
  const site = c.get('site')
  if (route.method !== 'GET' && site.readOnly) return refuse(c, 'read_only')
  const isStranger = memberOf(viewer) === null
  if (isStranger && route.access === 'member') {
    return wantsJson(c) || route.method !== 'GET' ? refuse(c, 'not_logged_in') : redirectToLogin(c)
  }
  if (isStranger && route.access === 'public') {
    const redirect = redirectForOneTimePassword(c)
    if (redirect !== null) return redirect
    if (site.settings.loginRequired) return wantsJson(c) ? refuse(c, 'not_logged_in') : redirectToLogin(c)
  }
  c.set('handled', true)
  return route.handle(c)
}

/** The headers of everything a controller answers (protocol.md 4.2). Errors may be kept, for all Discourse says. */
function noteRoute(c: ForumContext, route: Route, response: Response): void {
  const user = memberOf(c.get('viewer'))
  // Raw UTF-8, which HTTP knows as bytes only (protocol.md 14.14).
  if (user !== null) response.headers.set('X-Discourse-Username', Buffer.from(user.username).toString('latin1'))
  response.headers.set('X-Discourse-Route', route.action.replace('#', '/'))
  if (c.get('site').readOnly && c.get('handled')) response.headers.set('Discourse-Readonly', 'true')
  if (response.status < 400 || route.action === 'session#current') {
    response.headers.set('Cache-Control', 'no-cache, no-store')
  }
  if (route.noStore !== true || !c.get('site').profile.hasDeviceFlow || !c.get('handled')) return
  for (const [name, value] of Object.entries(NO_STORE)) response.headers.set(name, value)
}

/** Requests of a browser need the token of their page, and those of strangers too; a key stands for itself. */
function needsCsrfToken(route: Route, viewer: Viewer): boolean {
  return route.method !== 'GET' && route.isForPrograms !== true && viewer.kind !== 'key'
}

/**
 * Remembers where the visitor wanted to go, by default here, and sends them to log in: on the forum, or at the identity
 * provider (protocol.md 1.2).
 */
export function redirectToLogin(c: ForumContext, destination = fullPath(c)): Response {
  const site = c.get('site')
  setCookie(c, DESTINATION_COOKIE, destination, { path: cookiePath(site), sameSite: 'Lax' })
  c.header('Content-Type', 'text/html; charset=utf-8')
  return c.redirect(`${site.path}${site.settings.discourseConnect ? '/session/sso' : '/login'}`, 302)
}

/** Logs the browser in. */
export function logInAs(c: ForumContext, user: User): void {
  const site = c.get('site')
  const session = site.sessions.open(user.id)
  setCookie(c, SESSION_COOKIE, session.token, { path: cookiePath(site), httpOnly: true, sameSite: 'Lax' })
}

/** To where the visitor wanted to go before logging in, or to the front page. */
export function goToDestination(c: ForumContext): Response {
  const site = c.get('site')
  const destination = getCookie(c, DESTINATION_COOKIE)
  deleteCookie(c, DESTINATION_COOKIE, { path: cookiePath(site) })
  // Never off the forum: the cookie is the browser's to change.
  const below = destination?.startsWith(`${site.path}/`) === true && !destination.startsWith('//')
  return c.redirect(below ? destination : `${site.path}/`, 302)
}

/** Cookies stay below the folder (protocol.md 7). */
export function cookiePath(site: Site): string {
  return site.path === '' ? '/' : site.path
}

function hasCsrfToken(c: ForumContext, viewer: Viewer): boolean {
  const sent = [textParam(c.get('params'), 'authenticity_token'), c.req.header('x-csrf-token')]
  return sent.includes(csrfTokenOf(c.get('site'), viewer))
}

/**
 * A stranger opens a page with `user_api_public_key` and `auth_redirect`: the application is sent to fetch a one-time
 * password first (protocol.md 1.8). `null` when this is not such a visit, or the scope is not allowed.
 */
function redirectForOneTimePassword(c: ForumContext): Response | null {
  const { settings, profile } = c.get('site')
  const pem = textParam(c.get('params'), 'user_api_public_key')
  const redirect = textParam(c.get('params'), 'auth_redirect')
  if (pem === undefined || redirect === undefined) return null
  if (parsePublicKey(pem) === null) return c.text('The public key is not valid.')
  if (!isRedirectAllowed(redirect, settings.allowedRedirects, profile.redirectMatching)) {
    return c.text('The redirect is not allowed.')
  }
  return settings.allowedScopes.includes('one_time_password') ? c.redirect(`${redirect}?otp=true`, 302) : null
}
