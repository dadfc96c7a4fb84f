import { pauseChoices } from '../../common/contract/pause-choice.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { pauseEnd } from './pause-end.ts'
import { printQuiet } from './print-quiet.ts'

/** Holds alerts back for a while. */
export const pause: RunCommand = async ({ profile, json, words }) => {
  const [word = '1h'] = words
  const choice = words.length < 2 && pauseChoices.find((one) => one === word)
  const end = pauseEnd(words, Date.now())
  if (!choice && end === undefined) {
    const reason = `A pause is one of ${pauseChoices.join(', ')}, a time such as 2h or 1h30m, or “until 14:00”.`
    return printFailure({ code: 'usage', params: { reason } }, json)
  }
  const answer = choice
    ? await askInstance(profile, { call: 'command', name: 'quiet.pause', input: { for: choice } })
    : await askInstance(profile, {
        call: 'command',
        name: 'preferences.change',
        input: { quiet: { pausedUntil: end } },
      })
  return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
}
