import type { CliCommand } from '../cli-command.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { printQuiet } from './print-quiet.ts'

/** Ends a pause. */
export const resume: CliCommand = {
  usage: 'resume',
  summary: 'ends a pause',
  words: [0, 0],
  options: {},
  run: async ({ profile, json }) => {
    const answer = await askInstance(profile, { call: 'command', name: 'quiet.resume', input: {} })
    return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
  },
}
