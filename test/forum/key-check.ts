import type { ForumContext, Viewer } from './forum-context.ts'
import { ClientIdTakenError, type StoredKey } from './key-store.ts'
import { type Params, textParam } from './params.ts'
import { refuse, refuseLimited } from './refusal.ts'
import { scopesPermit } from './scopes.ts'
import type { Site } from './site.ts'

/** The action every key may take on itself, whatever its scopes (protocol.md 1.7). */
const REVOKE = 'user_api_keys#revoke'

/** The key does not open anything; `answer` says so. */
interface RefusedKey {
  readonly kind: 'refused'
  readonly answer: () => Response | Promise<Response>
}

/**
 * Who sends this keyed request, or the answer that refuses it. The order is that of protocol.md 4: key, minute
 * limit, day limit, scope, user, and only then the time of last use.
 */
export function viewerByKey(c: ForumContext, clearKey: string, action: string, params: Params): Viewer | RefusedKey {
  const invalid: RefusedKey = { kind: 'refused', answer: () => refuse(c, 'invalid_access') }
  const site = c.get('site')
  const now = site.now()
  const key = site.keys.active(clearKey, now)
  if (key === undefined) return invalid
  c.get('logged')({ keyId: key.id })

  const hit = site.keyLimits.charge(String(key.id), now)
  if (hit !== null) {
    site.keys.count(key.id, 'limited')
    return { kind: 'refused', answer: () => refuseLimited(c, hit) }
  }

  const user = site.users.byId(key.userId)
  const revokesItself = action === REVOKE && [undefined, String(key.id)].includes(textParam(params, 'id'))
  const permitted = revokesItself || scopesPermit(key.scopes, c.req.method, action)
  if (!permitted || user === undefined || user.suspended) {
    site.keys.count(key.id, 'refused')
    return invalid
  }

  site.keys.count(key.id, 'accepted')
  site.keys.change(key.id, { lastUsedAt: now })
  const clientId = c.req.header('user-api-client-id')
  if (clientId !== undefined && clientId !== '') adoptClientId(site, key, clientId)
  return { kind: 'key', user, key: site.keys.byId(key.id) ?? key }
}

/**
 * The client of the key changes its id (protocol.md 4.1).
 * @throws ClientIdTakenError where there is a client with the new id already.
 */
function adoptClientId(site: Site, key: StoredKey, clientId: string): void {
  if (key.clientId === clientId) return
  if (site.clients.find(clientId) !== undefined) throw new ClientIdTakenError()
  site.keys.adoptClientId(key.id, clientId)
  if (site.profile.clientIds === 'client-table') site.clients.rename(clientId, key.applicationName, site.now())
}
