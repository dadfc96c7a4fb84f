import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { StoredKey } from './key-store.ts'
import type { Params } from './params.ts'
import type { RequestLog } from './request-log.ts'
import type { Session } from './session-store.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

/** Who a request comes from. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'browser'; readonly user: User; readonly session: Session }
  | { readonly kind: 'key'; readonly user: User; readonly key: StoredKey }

export interface ForumEnv {
  Bindings: HttpBindings
  Variables: {
    site: Site
    viewer: Viewer
    params: Params
    /** As it arrives after all proxies: undefined where a fault strips it. */
    keyHeader: string | undefined
    /** Whether the action itself was reached, which what comes before it may prevent. */
    handled: boolean
    logged: ReturnType<RequestLog['note']>
  }
}

export type ForumContext = Context<ForumEnv>

/** The client's address, as the limits count it. */
export function addressOf(c: ForumContext): string {
  return c.env.incoming.socket.remoteAddress ?? ''
}

/** Rails' idea of the format: the `.json` ending or the `Accept` header. */
export function wantsJson(c: ForumContext): boolean {
  return c.req.raw.url.split('?')[0]?.endsWith('.json') === true || acceptsJson(c)
}

function acceptsJson(c: ForumContext): boolean {
  return c.req.header('accept')?.includes('application/json') === true
}

/** The address path with folder and query, as the `destination_url` cookie keeps it (protocol.md 1.2). */
export function fullPath(c: ForumContext): string {
  const url = new URL(c.req.url)
  return `${url.pathname}${url.search}`
}

/** The logged-in member, or `null`. */
export function memberOf(viewer: Viewer): User | null {
  return viewer.kind === 'anonymous' ? null : viewer.user
}

/** What the pages need to know of a request. */
export function pageOf(c: ForumContext): { readonly site: Site; readonly viewer: Viewer } {
  return { site: c.get('site'), viewer: c.get('viewer') }
}

/** The logged-in member on a route that only members reach. */
export function theMember(c: ForumContext): User {
  const user = memberOf(c.get('viewer'))
  if (user === null) throw new Error('A route for members was reached by a stranger.')
  return user
}

/** Rails' `request.xhr?` or the JSON format: otherwise a GET gets the HTML shell of the application (protocol.md 4.2). */
export function isApiCall(c: ForumContext): boolean {
  return wantsJson(c) || c.req.header('x-requested-with') === 'XMLHttpRequest'
}
