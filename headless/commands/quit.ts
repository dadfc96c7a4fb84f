import type { CliCommand } from '../cli-command.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'

/** Ends the running instance. */
export const quit: CliCommand = {
  usage: 'quit',
  summary: 'ends the running instance',
  words: [0, 0],
  options: {},
  run: async ({ profile, json }) => {
    const answer = await askInstance(profile, { call: 'quit' })
    return answer.ok ? 0 : printFailure(answer.failure, json)
  },
}
