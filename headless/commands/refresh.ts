import type { CliCommand } from '../cli-command.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { runForAccount } from './account-command.ts'
import { status } from './status.ts'

/** Asks the forums for the counts now, then shows them. */
export const refresh: CliCommand = {
  usage: 'refresh [account]',
  summary: 'asks for the counts now: of one account, or of all',
  words: [0, 1],
  options: {},
  run: async (input) => {
    const { profile, json, words } = input
    const [word] = words
    if (word === undefined) {
      const answer = await askInstance(profile, { call: 'command', name: 'account.refresh', input: {} })
      return answer.ok ? await status.run(input) : printFailure(answer.failure, json)
    }
    const account = await runForAccount('account.refresh', profile, word, json)
    return typeof account === 'number' ? account : await status.run(input)
  },
}
