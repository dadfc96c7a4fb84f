import { type PauseChoice, pauseChoices } from '../../common/contract/commands.ts'
import type { CliCommand } from '../cli-command.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { printQuiet } from './print-quiet.ts'

const isChoice = (word: string): word is PauseChoice => pauseChoices.some((choice) => choice === word)

/** Holds alerts back for a while. */
export const pause: CliCommand = {
  usage: `pause [${pauseChoices.join('|')}]`,
  summary: 'no alerts for a while: an hour unless told; `open` is until `resume`',
  words: [0, 1],
  options: {},
  run: async ({ profile, json, words }) => {
    const [word = '1h'] = words
    if (!isChoice(word)) {
      return printFailure({ code: 'usage', params: { reason: `A pause is one of ${pauseChoices.join(', ')}.` } }, json)
    }
    const answer = await askInstance(profile, { call: 'command', name: 'quiet.pause', input: { for: word } })
    return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
  },
}
