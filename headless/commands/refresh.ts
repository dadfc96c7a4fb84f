import { isInTrouble } from '../../common/glance/glance.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance, readSnapshot } from '../instance.ts'
import { printFailure, t } from '../output.ts'
import { accountFailure, readAccount } from './account-command.ts'
import { printStatus } from './status.ts'

/** Asks the forums for the counts now, then shows them: of all accounts, whatever became of each, or of the one named. */
export const refresh: RunCommand = async (input) => {
  const { profile, json, words } = input
  const [word] = words
  const account = word === undefined ? undefined : await readAccount(profile, word)
  if (account?.ok === false) return printFailure(account.failure, json)
  const only = account?.value.id
  const asked = await askInstance(profile, {
    call: 'command',
    name: 'account.refresh',
    input: only === undefined ? {} : { account: only },
  })
  const shown = await printStatus(input, only)
  if (asked.ok || shown === exitStatus.notRunning) return shown
  // In JSON the accounts say what is wrong with each, and there is one value on standard output.
  if (json) return exitStatus.failed
  const message = account === undefined ? await failedAccounts(profile) : accountFailure(account.value, asked.failure)
  return printFailure(asked.failure, false, message)
}

/** How many accounts could not be checked: the reason of each is in the list. Undefined where that is of none. */
const failedAccounts = async (profile: string): Promise<string | undefined> => {
  const snapshot = await readSnapshot(profile)
  const accounts = snapshot.ok ? snapshot.value.accounts : []
  const number = accounts.filter(isInTrouble).length
  return number === 0 ? undefined : t('cli.notChecked', { number, all: accounts.length })
}
