import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Counts } from '../../common/contract/snapshot.ts'
import { atSite, shownHost } from '../discourse/address.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { httpError, isSuccess } from '../discourse/http-error.ts'
import { basicInfoSchema, readJson } from '../discourse/response-schemas.ts'

/** What to ask: a site, with a key, by the way that worked before. */
export interface CountsRequest {
  /** Sends what carries the key; counts against its budget. */
  readonly keyed: Http
  /** Sends what carries none. */
  readonly open: Http
  readonly base: string
  readonly key: string
  /** false where the forum is known to have no totals. */
  readonly hasTotals: boolean
  /** Whether it has given totals before: then a refusal of them means trouble, and not an old forum. */
  readonly hadTotals?: boolean
  /** Whether the session is wanted besides; it is large, so only now and then. */
  readonly wantsSession: boolean
  /** The session was read, even if the counts were not after it. */
  readonly onSession: (session: Session) => void
}

/** An account's counts, and by which way they came. */
export interface CountsReading {
  readonly counts: Counts
  readonly hasTotals: boolean
  /** The user's present name, where the forum has told it. */
  readonly username: string | undefined
  /** null when it was not wanted, or the key may not read it. */
  readonly session: Session | null
}

/**
 * The account's counts: totals first, the session for forums before 3.3, which have none (protocol.md 5.2).
 *
 * A forum gives a revoked key, a scope that is too small and a suspended user the same 403, and a proxy or an overloaded
 * forum may say it too. So `access_refused` is given only when the second endpoint refuses as well while the forum
 * answers visitors (protocol.md 4.2).
 */
export const readCounts = async (request: CountsRequest): Promise<Result<CountsReading>> => {
  const { keyed, open, base, key, hasTotals, hadTotals, wantsSession, onSession } = request
  const client = createForumClient(keyed, base, key)
  const early = wantsSession ? await client.session() : undefined
  if (early !== undefined && !early.ok && early.failure.code !== 'access_refused') return early
  if (early?.ok) onSession(early.value)
  if (hasTotals) {
    const totals = await client.totals()
    if (totals.ok) return ok({ ...totals.value, hasTotals: true, session: early?.ok ? early.value : null })
    const { code, params } = totals.failure
    const missing = code === 'access_refused' || (code === 'unexpected_answer' && params?.['status'] === 404)
    if (!missing || (hadTotals === true && code !== 'access_refused')) return totals
  }
  const session = early ?? (await client.session())
  if (session.ok && early === undefined) onSession(session.value)
  const trouble = fail('site_unavailable', { host: shownHost(base), status: 403 })
  if (session.ok && hasTotals && hadTotals === true) return trouble
  if (session.ok) {
    const { counts, username } = session.value
    return ok({ counts, username, hasTotals: false, session: session.value })
  }
  if (session.failure.code !== 'access_refused') return session
  // Where totals were not asked for, the list is the second endpoint.
  const list = hasTotals ? undefined : await client.notifications('', 1)
  if (list?.ok) return trouble
  if (list !== undefined && list.failure.code !== 'access_refused') return list
  const visitor = await open.send({ method: 'GET', url: atSite(base, '/site/basic-info.json') })
  if (!visitor.ok) return visitor
  if (!isSuccess(visitor.value)) return { ok: false, failure: httpError(visitor.value, base) }
  // A login page of the network may answer both: only the forum's own words to a visitor make its word on the key count.
  const info = readJson(basicInfoSchema, visitor.value, shownHost(base))
  return info.ok ? session : info
}
