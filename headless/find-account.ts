import { fail, ok, type Result } from '../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../common/contract/snapshot.ts'

/**
 * The account a person names: by its id, its user name, its host, or `user@host`.
 * Failures: `account_unknown`, `account_ambiguous`.
 */
export const findAccount = (snapshot: Snapshot, name: string): Result<AccountView> => {
  const byId = snapshot.accounts.find(({ id }) => id === name)
  if (byId !== undefined) return ok(byId)
  const wanted = name.toLowerCase()
  const [found, another] = snapshot.accounts.filter(({ username, site }) => {
    const user = username.toLowerCase()
    const host = site.host.toLowerCase()
    return [user, host, `${user}@${host}`, site.base.toLowerCase()].includes(wanted)
  })
  if (found === undefined) return fail('account_unknown', { account: name })
  return another === undefined ? ok(found) : fail('account_ambiguous', { account: name })
}
