import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { usageFailure } from '../command-line/usage-reason.ts'
import { accountName, askInstance, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { accountFailure, findAccount } from './account-command.ts'
import { findAllListed } from './listed-notifications.ts'

/** Marks notifications as read on their forums: the ones named, all of one account, or all. */
export const read: RunCommand = async (input) => {
  const { profile, json, words, options } = input
  const { forum } = options
  const isAll = options['all'] === true
  const chosen = [words.length > 0, typeof forum === 'string', isAll].filter(Boolean).length
  if (chosen !== 1) return printFailure(usageFailure({ name: 'readWhich' }, 'read --help'), json)
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  const { accounts } = snapshot.value
  if (isAll) return await readAll(profile, accounts, json)
  if (typeof forum === 'string') {
    const account = findAccount(accounts, forum)
    return account.ok ? await readAll(profile, [account.value], json) : printFailure(account.failure, json)
  }
  return await readListed(profile, accounts, words, json)
}

const readListed = async (
  profile: string,
  accounts: readonly AccountView[],
  words: readonly string[],
  json: boolean,
): Promise<number> => {
  const found = findAllListed(profile, accounts, words)
  if (!found.ok) return printFailure(found.failure, json)
  const failed: Failed[] = []
  for (const { account, item } of found.value) {
    const input = { account: account.id, notification: item.id }
    const answer = await askInstance(profile, { call: 'command', name: 'notification.read', input })
    if (!answer.ok) failed.push({ account, failure: answer.failure })
  }
  const number = found.value.length - failed.length
  if (!json && number > 0) print(t('cli.marked', { number }))
  return printOutcome({ read: number }, found.value.length, failed, json)
}

/** A forum that refuses does not affect the others. */
const readAll = async (profile: string, accounts: readonly AccountView[], json: boolean): Promise<number> => {
  const read: string[] = []
  const failed: Failed[] = []
  for (const account of accounts) {
    const input = { account: account.id }
    const answer = await askInstance(profile, { call: 'command', name: 'account.readAll', input })
    if (answer.ok) read.push(accountName(account))
    else failed.push({ account, failure: answer.failure })
    if (answer.ok && !json) print(t('cli.markedAll', { title: account.site.title, username: account.username }))
  }
  return printOutcome({ accounts: read }, accounts.length, failed, json)
}

interface Failed {
  readonly account: AccountView
  readonly failure: Failure
}

/**
 * Prints what failed. As JSON it is one value with what succeeded, or the failure itself where that was all.
 * @param done what succeeded, for programs
 * @param tried how many were tried
 * @returns the exit status
 */
const printOutcome = (
  done: Readonly<Record<string, unknown>>,
  tried: number,
  failed: readonly Failed[],
  json: boolean,
): number => {
  const [first] = failed
  if (json && (first === undefined || tried > 1)) {
    printJson(first === undefined ? done : { ...done, failed: failed.map(failedJson) })
    return first === undefined ? exitStatus.ok : exitStatus.failed
  }
  const told = failed.map(({ account, failure }) => printFailure(failure, json, accountFailure(account, failure)))
  return told[0] ?? exitStatus.ok
}

const failedJson = ({ account, failure }: Failed) => ({
  account: accountName(account),
  error: { code: failure.code, message: accountFailure(account, failure) },
})
