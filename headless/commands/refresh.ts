import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { readAccount, runForAccount } from './account-command.ts'
import { status } from './status.ts'

/** Asks the forums for the counts now, then shows them. */
export const refresh: RunCommand = async (input) => {
  const { profile, json, words } = input
  const [word] = words
  if (word === undefined) {
    const answer = await askInstance(profile, { call: 'command', name: 'account.refresh', input: {} })
    return answer.ok ? await status(input) : printFailure(answer.failure, json)
  }
  const account = await readAccount(profile, word)
  if (!account.ok) return printFailure(account.failure, json)
  return (await runForAccount('account.refresh', profile, account.value, json)) ?? (await status(input))
}
