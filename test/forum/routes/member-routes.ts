import { type ForumContext, memberOf, theMember } from '../forum-context.ts'
import type { StoredKey } from '../key-store.ts'
import { refuse, refuseMissing } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { scopeInWords } from '../scopes.ts'
import { userIdentity } from '../user-json.ts'

/** What else members reach: their profile with the list of their keys; bookmarks and posts, of which there are none. */
export const memberRoutes: readonly Route[] = [
  { method: 'GET', path: '/u/:username', action: 'users#show', access: 'public', handle: showProfile },
  {
    method: 'POST',
    path: '/bookmarks',
    action: 'bookmarks#create',
    access: 'member',
    handle: (c) => refuseMissing(c, 'bookmarkable_id'),
  },
  ...(['PUT', 'PATCH', 'DELETE'] as const).map(
    (method): Route => ({
      method,
      path: '/posts/:id',
      action: method === 'DELETE' ? 'posts#destroy' : 'posts#update',
      access: 'member',
      handle: (c) => refuse(c, 'not_found'),
    }),
  ),
]

function showProfile(c: ForumContext): Response | Promise<Response> {
  const site = c.get('site')
  const user = site.users.find(c.req.param('username') ?? '')
  if (user === undefined) return refuse(c, 'not_found')
  const own = memberOf(c.get('viewer'))?.id === user.id
  return c.json({ user: { ...userIdentity(site, user), ...(own ? { user_api_keys: listKeys(c) } : {}) } })
}

/** Only those in use; the Apps page of the web client shows them. */
function listKeys(c: ForumContext): readonly Record<string, unknown>[] {
  return c
    .get('site')
    .keys.ofUser(theMember(c).id)
    .filter(({ revokedAt }) => revokedAt === null)
    .map(keyJson)
}

function keyJson({ id, applicationName, scopes, createdAt, lastUsedAt }: StoredKey): Record<string, unknown> {
  return {
    id,
    application_name: applicationName,
    scopes: scopes.map(scopeInWords),
    created_at: new Date(createdAt).toISOString(),
    last_used_at: new Date(lastUsedAt).toISOString(),
  }
}
