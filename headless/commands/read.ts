import type { AccountView } from '../../common/contract/snapshot.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { accountName, askInstance, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { findAccount } from './account-command.ts'
import { findAllListed } from './listed-notifications.ts'

/** Marks notifications as read on their forums: the ones named, all of one account, or all. */
export const read: RunCommand = async (input) => {
  const { profile, json, words, options } = input
  const { forum } = options
  const isAll = options['all'] === true
  const chosen = [words.length > 0, typeof forum === 'string', isAll].filter(Boolean).length
  if (chosen !== 1) {
    const reason = 'read takes numbers of list, or --forum, or --all.'
    return printFailure({ code: 'usage', params: { reason, help: 'read --help' } }, json)
  }
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
  for (const { account, item } of found.value) {
    const answer = await askInstance(profile, {
      ...{ call: 'command', name: 'notification.read' },
      input: { account: account.id, notification: item.id },
    })
    if (!answer.ok) return printFailure(answer.failure, json)
  }
  if (json) printJson({ read: found.value.length })
  else print(t('cli.marked', { number: found.value.length }))
  return exitStatus.ok
}

/** A forum that refuses does not affect the others. */
const readAll = async (profile: string, accounts: readonly AccountView[], json: boolean): Promise<number> => {
  let status: number = exitStatus.ok
  const read: string[] = []
  for (const account of accounts) {
    const input = { account: account.id }
    const answer = await askInstance(profile, { call: 'command', name: 'account.readAll', input })
    if (answer.ok) read.push(accountName(account))
    else status = printFailure(answer.failure, json)
    if (answer.ok && !json) print(t('cli.markedAll', { title: account.site.title, username: account.username }))
  }
  if (json) printJson({ accounts: read })
  return status
}
