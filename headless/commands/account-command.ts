import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { findAccount } from '../find-account.ts'
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
