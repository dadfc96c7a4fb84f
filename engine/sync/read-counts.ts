import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Counts } from '../../common/contract/snapshot.ts'
import { atSite, shownHost } from '../discourse/address.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { httpError, isSuccess } from '../discourse/http-error.ts'
import { basicInfoSchema, readJson } from '../discourse/response-schemas.ts'

/** Where and how to read the counts. */
export interface CountsRequest {
  /** For requests with the key, which count against its budget. */
  readonly keyed: Http
  /** For requests without a key. */
  readonly open: Http
  readonly base: string
  readonly key: string
  /** false if the forum is known to have no totals. */
  readonly hasTotals: boolean
  /** Whether it has sent totals before: then a refusal means a problem, not an old forum. */
  readonly hadTotals?: boolean
  /** Whether to read the session as well; rarely, because it is large. */
  readonly wantsSession: boolean
  /** Called when the session was read, even if reading the counts fails afterwards. */
  readonly onSession: (session: Session) => void
}

/** An account's counts, and where they came from. */
export interface CountsReading {
  readonly counts: Counts
  readonly hasTotals: boolean
  /** The user's current name, if the forum sent it. */
  readonly username: string | undefined
  /** null if it was not requested, or the key may not read it. */
  readonly session: Session | null
}

/**
 * Reads the account's counts: from totals, or from the session on forums before 3.3, which have no totals (protocol.md
 * 5.2).
 *
 * A forum responds with the same 403 to a revoked key, an insufficient scope and a suspended user, and so may a proxy
 * or an overloaded forum. So the failure is `access_refused` only if a second endpoint refuses the key too while the
 * forum responds to visitors (protocol.md 4.2).
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
  // If totals were not requested, the list is the second endpoint.
  const list = hasTotals ? undefined : await client.notifications('', 1)
  if (list?.ok) return trouble
  if (list !== undefined && list.failure.code !== 'access_refused') return list
  const visitor = await open.send({ method: 'GET', url: atSite(base, '/site/basic-info.json') })
  if (!visitor.ok) return visitor
  if (!isSuccess(visitor.value)) return { ok: false, failure: httpError(visitor.value, base) }
  // A captive portal may answer both requests: the refusal counts only if the forum itself responds to a visitor.
  const info = readJson(basicInfoSchema, visitor.value, base)
  return info.ok ? session : info
}
