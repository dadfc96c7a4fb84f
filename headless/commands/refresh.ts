import type { RunCommand } from '../command-line/command-spec.ts'
import { exitStatus } from '../command-line/exit-status.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { readAccount } from './account-command.ts'
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
  return json ? exitStatus.failed : printFailure(asked.failure, json)
}
