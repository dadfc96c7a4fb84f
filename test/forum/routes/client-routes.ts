import { addressOf, type ForumContext } from '../forum-context.ts'
import { textParam } from '../params.ts'
import { refuse, refuseLimited, refuseMissing } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { isKnownScope } from '../scopes.ts'

const REQUIRED = ['client_id', 'application_name', 'public_key', 'auth_redirect', 'scopes'] as const

/** Clients that register themselves, from the 3.4 line on (protocol.md 1.9). */
export const clientRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/user-api-key-client',
    action: 'user_api_key_clients#show',
    access: 'open',
    handle: show,
    exists: ({ profile }) => profile.registeredClients !== 'none',
  },
  {
    method: 'POST',
    path: '/user-api-key-client',
    isForPrograms: true,
    action: 'user_api_key_clients#create',
    access: 'open',
    handle: register,
    exists: ({ profile }) => profile.registeredClients !== 'none',
  },
]

function show(c: ForumContext): Response {
  const client = c.get('site').clients.find(textParam(c.get('params'), 'client_id') ?? '')
  return c.body(null, client?.authRedirect == null ? 400 : 200)
}

function register(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const params = c.get('params')
  const missing = REQUIRED.find((name) => (textParam(params, name) ?? '').trim() === '')
  if (missing !== undefined) return refuseMissing(c, missing)
  const hit = site.registrations.charge(addressOf(c), site.now())
  if (hit !== null) return refuseLimited(c, hit)

  const text = (name: string): string => textParam(params, name) ?? ''
  const scopes = text('scopes').split(',')
  const allowed = scopes.every((scope) => isKnownScope(scope) && site.settings.allowedClientScopes.includes(scope))
  if (!allowed || site.clients.find(text('client_id')) !== undefined) return refuse(c, 'invalid_access')
  site.clients.put({
    clientId: text('client_id'),
    applicationName: text('application_name'),
    publicKeyPem: text('public_key'),
    authRedirect: text('auth_redirect'),
    scopes,
    createdAt: site.now(),
  })
  return c.json({ success: 'OK' })
}
