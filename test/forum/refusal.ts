import { type ForumContext, wantsJson } from './forum-context.ts'
import { messagePage } from './pages/layout.ts'
import type { LimitHit } from './rate-limits.ts'

/** What is raised where Rails would have an uncaught exception: the browser gets the bare 500 page. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
}

/** `error_type` values of protocol.md 4.2. The sentences are translated on real forums: nobody may match them. */
const refusals = {
  invalid_access: { status: 403, sentence: 'You are not permitted to view the requested resource.' },
  not_logged_in: { status: 403, sentence: 'Please log in first.' },
  not_found: { status: 404, sentence: 'There is nothing here, or it is private.' },
  read_only: { status: 503, sentence: 'The site is in read only mode. Reading works, changes have to wait.' },
  invalid_parameters: { status: 400, sentence: 'One of the parameters has a value this request does not take.' },
} as const

export type RefusalKind = keyof typeof refusals

/**
 * Refuses a request as protocol.md 4.2 says: JSON when asked for; a keyed request gets a plain sentence otherwise, and a
 * browser a page. Read-only mode and bad parameters are always told in JSON to a keyed request.
 */
export function refuse(c: ForumContext, kind: RefusalKind): Response | Promise<Response> {
  const { status, sentence } = refusals[kind]
  const keyed = c.get('keyHeader') !== undefined
  const alwaysJson = kind === 'invalid_parameters' || (keyed && kind === 'read_only')
  if (wantsJson(c) || alwaysJson) return c.json({ errors: [sentence], error_type: kind }, status)
  if (keyed) return c.text(sentence, status)
  return c.html(messagePage({ site: c.get('site'), viewer: c.get('viewer') }, 'That did not work', sentence), status)
}

/** 404 for a path without a route, which no controller has seen: the format asked for does not count (protocol.md 4.2). */
export function refuseMissingRoute(c: ForumContext): Response | Promise<Response> {
  if (c.get('site').profile.onMissingRoute === 'json') return refuse(c, 'not_found')
  const { status, sentence } = refusals.not_found
  if (c.get('keyHeader') !== undefined) return c.text(sentence, status)
  return c.html(messagePage({ site: c.get('site'), viewer: c.get('viewer') }, 'That did not work', sentence), status)
}

/** 500 of an uncaught exception, from the web server: JSON where it was asked for, else a page. */
export function refuseCrashed(c: ForumContext): Response | Promise<Response> {
  if (wantsJson(c)) return c.json({ status: 500, error: 'Internal Server Error' }, 500)
  const page = { site: c.get('site'), viewer: c.get('viewer') }
  return c.html(messagePage(page, 'Oops', 'The software had an unexpected problem.'), 500)
}

/** 400 in JSON, whatever was asked for (protocol.md 1.2). `name` is the missing parameter. */
export function refuseMissing(c: ForumContext, name: string): Response {
  return c.json({ errors: [`param is missing or the value is empty: ${name}`] }, 400)
}

/** 400 with a sentence of its own, as the create action of the newest version gives (protocol.md 1.3). */
export function refuseWith(c: ForumContext, sentence: string): Response {
  return c.json({ errors: [sentence], error_type: 'invalid_parameters' }, 400)
}

/** The 429 of a key limit (protocol.md 4.3), always JSON. */
export function refuseLimited(c: ForumContext, { errorCode, waitSeconds }: LimitHit): Response {
  const { profile } = c.get('site')
  const timeLeft = inWords(waitSeconds)
  c.header('Retry-After', String(waitSeconds))
  if (profile.rateLimitErrorCode && errorCode !== null) c.header('Discourse-Rate-Limit-Error-Code', errorCode)
  return c.json(
    {
      errors: [`You've performed this action too many times. Please wait ${timeLeft} before trying again.`],
      error_type: 'rate_limit',
      extras: { wait_seconds: waitSeconds, ...(profile.rateLimitTimeLeft ? { time_left: timeLeft } : {}) },
    },
    429,
  )
}

/** The 429 of an address limit (protocol.md 4.2): plain text, from before the application. */
export function refuseAddress(c: ForumContext, { errorCode, waitSeconds }: LimitHit): Response {
  c.header('Retry-After', String(waitSeconds))
  if (errorCode !== null) c.header('Discourse-Rate-Limit-Error-Code', errorCode)
  return c.body(`Too many requests from this address. Wait ${waitSeconds} seconds. Code: ${errorCode}`, 429, {
    'Content-Type': 'text/plain',
  })
}

function inWords(seconds: number): string {
  if (seconds < 60) return plural(seconds, 'second')
  if (seconds < 60 * 60) return plural(Math.ceil(seconds / 60), 'minute')
  return plural(Math.ceil(seconds / 3600), 'hour')
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
