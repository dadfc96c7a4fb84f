import { createHmac, randomBytes } from 'node:crypto'
import { type ForumContext, pageOf } from '../forum-context.ts'
import { loginPage } from '../pages/login-page.ts'
import { textParam } from '../params.ts'
import { refuse } from '../refusal.ts'
import { goToDestination, logInAs, type Route } from '../routing.ts'
import type { Site } from '../site.ts'

const PROVIDER = '/identity-provider/login'

/**
 * Logging in at an identity provider: the forum sends the browser there with a signed nonce, the provider's page takes
 * the password and sends it back with a signed name (protocol.md 1.2). Both live on this server.
 */
export const ssoRoutes: readonly Route[] = [
  { ...forSso('session#sso'), method: 'GET', path: '/session/sso', handle: start },
  { ...forSso('provider#show'), method: 'GET', path: PROVIDER, handle: showProvider },
  { ...forSso('provider#login'), method: 'POST', path: PROVIDER, isForPrograms: true, handle: logInAtProvider },
  { ...forSso('session#sso_login'), method: 'GET', path: '/session/sso_login', handle: finish },
]

function forSso(action: string): Pick<Route, 'action' | 'access' | 'exists'> {
  return { action, access: 'open', exists: ({ settings }) => settings.discourseConnect }
}

function start(c: ForumContext): Response {
  const site = c.get('site')
  const nonce = randomBytes(16).toString('hex')
  site.ssoNonces.add(nonce)
  return c.redirect(`${site.path}${PROVIDER}?${signed(site, { nonce })}`, 302)
}

function showProvider(c: ForumContext): Response | Promise<Response> {
  const page = pageOf(c)
  const sent = readSigned(c)
  return sent === null ? refuse(c, 'invalid_access') : c.html(loginPage(page, '', null, formAction(c)))
}

function logInAtProvider(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const sent = readSigned(c)
  if (sent === null) return refuse(c, 'invalid_access')
  const username = textParam(c.get('params'), 'login') ?? ''
  const user = site.users.find(username)
  if (user === undefined || user.password !== textParam(c.get('params'), 'password')) {
    return c.html(loginPage(pageOf(c), username, 'User name or password is wrong.', formAction(c)), 403)
  }
  const answer = signed(site, { nonce: sent.get('nonce') ?? '', username: user.username })
  return c.redirect(`${site.path}/session/sso_login?${answer}`, 302)
}

function finish(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const sent = readSigned(c)
  const user = site.users.find(sent?.get('username') ?? '')
  const fresh = site.ssoNonces.delete(sent?.get('nonce') ?? '')
  if (!fresh || user === undefined || user.suspended) return refuse(c, 'invalid_access')
  logInAs(c, user)
  return goToDestination(c)
}

function formAction(c: ForumContext): string {
  return `${PROVIDER}${new URL(c.req.url).search}`
}

function signed(site: Site, values: Readonly<Record<string, string>>): URLSearchParams {
  const sso = Buffer.from(new URLSearchParams(values).toString()).toString('base64')
  return new URLSearchParams({ sso, sig: signature(site, sso) })
}

function readSigned(c: ForumContext): URLSearchParams | null {
  const sso = textParam(c.get('params'), 'sso') ?? ''
  if (textParam(c.get('params'), 'sig') !== signature(c.get('site'), sso)) return null
  return new URLSearchParams(Buffer.from(sso, 'base64').toString('utf8'))
}

function signature(site: Site, sso: string): string {
  return createHmac('sha256', site.ssoSecret).update(sso).digest('hex')
}
