import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { inspectSite } from '../discourse/inspect-site.ts'

/**
 * Has the forum revoke a key. That is done when the forum says so in its own words (protocol.md 1.7), or no longer
 * accepts the key: it refuses it at two endpoints that any key of ours may use, while it answers visitors. One 403
 * alone may be a firewall's.
 * @param http sends with and without the key
 * Failures: `change_not_confirmed`, those of the forum's answers.
 */
export const revokeKey = async (http: Http, base: string, key: string): Promise<Result<null>> => {
  const client = createForumClient(http, base, key)
  const revoked = await client.revoke()
  if (revoked.ok || revoked.failure.code !== 'access_refused') return revoked
  const { params = {} } = revoked.failure
  // Every key of ours may read its notifications; the user name only matters for the links in the rows.
  const listed = await client.notifications('', 1)
  if (listed.ok) return fail('change_not_confirmed', params)
  if (listed.failure.code !== 'access_refused') return listed
  const inspected = await inspectSite(http, base, true)
  return inspected.ok ? ok(null) : inspected
}
