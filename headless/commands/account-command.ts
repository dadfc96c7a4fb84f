import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { askInstance, readSnapshot } from '../instance.ts'
import { printFailure } from '../output.ts'

/** Runs a command for the account a person named. Gives the account, or the exit status after printing the failure. */
export const runForAccount = async (
  name: 'account.refresh' | 'account.revoke' | 'account.forget',
  profile: string,
  word: string,
  json: boolean,
): Promise<AccountView | number> => {
  const failed = (failure: Failure): number => printFailure(failure, json)
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return failed(snapshot.failure)
  const account = findAccount(snapshot.value, word)
  if (!account.ok) return failed(account.failure)
  const answer = await askInstance(profile, { call: 'command', name, input: { account: account.value.id } })
  return answer.ok ? account.value : failed(answer.failure)
}

/**
 * The account a person names: by its id, its user name, its host, or `user@host`.
 * Failures: `account_unknown`, `account_ambiguous`.
 */
const findAccount = (snapshot: Snapshot, name: string): Result<AccountView> => {
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
