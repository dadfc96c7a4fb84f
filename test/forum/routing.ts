import type { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type ForumContext, type ForumEnv, fullPath, memberOf, type Viewer, wantsJson } from './forum-context.ts'
import { viewerByKey } from './key-check.ts'
import { readParams, textParam } from './params.ts'
import { refuse } from './refusal.ts'
import type { Site } from './site.ts'

export const SESSION_COOKIE = '_t'
export const DESTINATION_COOKIE = 'destination_url'

/** One route of the forum. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the folder and without `.json`, which every route takes. */
  readonly path: string
  /** Discourse's controller and action: what scopes match, and the `X-Discourse-Route` header. */
  readonly action: string
  /** `open`: anyone, always. `public`: anyone unless the site requires login. `member`: only logged in. */
  readonly access: 'open' | 'public' | 'member'
  readonly handle: (c: ForumContext) => Response | Promise<Response>
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
  if (c.req.method === 'HEAD' && route.head !== undefined) return route.head(c)
  const params = await readParams(c)
  if (params === null) return refuse(c, 'invalid_parameters')
  c.set('params', params.all)

  const keyHeader = c.get('keyHeader')
  if (keyHeader !== undefined) c.get('logged')({ body: params.body })
  // A key overrides the cookie (protocol 4, step 1).
  const viewer = keyHeader === undefined ? viewerByCookie(c) : await viewerByKey(c, keyHeader, route.action, params.all)
  if (viewer instanceof Response) return viewer
  c.set('viewer', viewer)

  if (route.method !== 'GET') {
    if (site.readOnly) return refuse(c, 'read_only')
    if (viewer.kind === 'browser' && !hasCsrfToken(c, viewer.session.csrfToken)) return c.text('["BAD CSRF"]', 403)
  }
  const user = memberOf(viewer)
  if (user === null && route.access === 'member') {
    return wantsJson(c) || route.method !== 'GET' || keyHeader !== undefined
      ? refuse(c, 'not_logged_in')
      : redirectToLogin(c)
  }
  if (user === null && route.access === 'public' && site.settings.loginRequired) return redirectToLogin(c)

  const response = await route.handle(c)
  if (user !== null) response.headers.set('X-Discourse-Username', user.username)
  response.headers.set('X-Discourse-Route', route.action.replace('#', '/'))
  if (site.readOnly) response.headers.set('Discourse-Readonly', 'true')
  return response
}

/** Remembers where the visitor wanted to go and sends them to log in (protocol 1.2). */
export function redirectToLogin(c: ForumContext): Response {
  const site = c.get('site')
  setCookie(c, DESTINATION_COOKIE, fullPath(c), { path: cookiePath(site), sameSite: 'Lax' })
  return c.redirect(`${site.path}/login`, 302)
}

/** Cookies stay below the folder (protocol section 7). */
export function cookiePath(site: Site): string {
  return site.path === '' ? '/' : site.path
}

function viewerByCookie(c: ForumContext): Viewer {
  const site = c.get('site')
  const session = site.sessions.find(getCookie(c, SESSION_COOKIE))
  const user = session === undefined ? undefined : site.users.byId(session.userId)
  return session === undefined || user === undefined ? { kind: 'anonymous' } : { kind: 'browser', user, session }
}

function hasCsrfToken(c: ForumContext, expected: string): boolean {
  return [textParam(c.get('params'), 'authenticity_token'), c.req.header('x-csrf-token')].includes(expected)
}
