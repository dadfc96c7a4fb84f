import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountLine } from '../../common/glance/glance.ts'
import { causeText, failureSentence } from '../../common/i18n/i18n.ts'
import { accountName, askInstance, readSnapshot } from '../instance.ts'
import { printFailure, t } from '../output.ts'

/** The account that a person named. Failures: those of `findAccount`, of asking the notifier. */
export const readAccount = async (profile: string, word: string): Promise<Result<AccountView>> => {
  const snapshot = await readSnapshot(profile)
  return snapshot.ok ? findAccount(snapshot.value.accounts, word) : snapshot
}

/** Runs a command for an account. @returns undefined, or the exit status after printing the failure */
export const runForAccount = async (
  name: 'account.revoke' | 'account.forget',
  profile: string,
  account: AccountView,
  json: boolean,
): Promise<number | undefined> => {
  const answer = await askInstance(profile, { call: 'command', name, input: { account: account.id } })
  if (answer.ok) return undefined
  // What has become of it meanwhile: a revocation that fails is tried again.
  const now = await readAccount(profile, account.id)
  return printFailure(answer.failure, json, accountFailure(now.ok ? now.value : account, answer.failure))
}

/**
 * What went wrong with the forum of an account. The sentences of failures are for somebody who adds a forum and may have
 * mistyped its address; of one that is connected only the cause is said, after the account's name.
 */
export const accountFailure = (account: AccountView, failure: Failure): string => {
  const named = (what: string): string => t('units.named', { name: accountName(account), what })
  if (account.state.kind === 'revoking') return named(accountLine(t, account, Date.now()))
  const sentence = failureSentence(t, failure)
  // When to ask again is said by this alone.
  if (failure.code === 'rate_limited') return sentence
  const cause = causeText(t, failure)
  return cause === sentence ? sentence : named(cause)
}

/**
 * The account a person names: by its id, its forum's title, host or address, its user name, or `user@host`. Exact
 * matches take precedence over partial ones.
 * Failures: `account_unknown`; `account_ambiguous` with those that match.
 */
export const findAccount = (accounts: readonly AccountView[], name: string): Result<AccountView> => {
  const candidates = findAccounts(accounts, name)
  const [account, another] = candidates
  if (account === undefined) return fail('account_unknown', { account: name })
  if (another === undefined) return ok(account)
  return fail('account_ambiguous', { account: name, accounts: candidates.map(accountName).join(t('units.comma')) })
}

/** All accounts that match a name, as for `findAccount`. */
export const findAccounts = (accounts: readonly AccountView[], name: string): readonly AccountView[] => {
  const wanted = name.toLowerCase()
  const ways: readonly ((account: AccountView) => string)[] = [
    ({ id }) => id,
    accountName,
    ({ username }) => username,
    ({ site }) => site.host,
    ({ site }) => site.base,
    ({ site }) => site.title,
  ]
  const found = accounts.filter((account) => ways.some((wayOf) => wayOf(account).toLowerCase() === wanted))
  if (found.length > 0 || wanted === '') return found
  return accounts.filter(({ site }) => site.title.toLowerCase().includes(wanted))
}
