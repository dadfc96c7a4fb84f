import { ok, type Result } from '../../common/failure.ts'
import type { Counts } from '../../common/snapshot.ts'
import { atSite, shownHost } from '../discourse/address.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'

/** What to ask: a site, with a key, by the way that worked before. */
export interface CountsRequest {
  /** Sends what carries the key; counts against its budget. */
  readonly keyed: Http
  /** Sends what carries none. */
  readonly open: Http
  readonly base: string
  readonly key: string
  readonly hasTotals: boolean
}

/**
 * The account's counts: totals first, the session for forums before 3.3, which have none (section 5.2).
 *
 * A forum gives a revoked key, a scope that is too small and a suspended user the same 403, and a proxy or an overloaded
 * forum may say it too. So `access_refused` is given only when the second endpoint refuses as well while the forum
 * answers visitors (section 4.2).
 */
export const readCounts = async (request: CountsRequest): Promise<Result<{ counts: Counts; hasTotals: boolean }>> => {
  const { keyed, open, base, key, hasTotals } = request
  const client = createForumClient(keyed, base, key)
  if (hasTotals) {
    const totals = await client.totals()
    if (totals.ok) return ok({ counts: totals.value.counts, hasTotals: true })
    const { code, params } = totals.failure
    const missing = code === 'access_refused' || (code === 'unexpected_answer' && params?.['status'] === 404)
    if (!missing) return totals
  }
  const session = await client.session()
  if (session.ok) return ok({ counts: session.value.counts, hasTotals: false })
  if (session.failure.code !== 'access_refused') return session
  const visitor = await open.send({ method: 'GET', url: atSite(base, '/site/basic-info.json') })
  if (!visitor.ok) return visitor
  if (visitor.value.status === 200) return session
  const params = { host: shownHost(base), status: visitor.value.status }
  return { ok: false, failure: { code: 'site_unavailable', params } }
}
