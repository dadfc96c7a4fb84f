import { pauseChoices } from '../../common/contract/pause-choice.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import type { RunCommand } from '../command-line/command-spec.ts'
import { listOf, usageFailure } from '../command-line/usage-reason.ts'
import { askInstance, readSnapshot } from '../instance.ts'
import { print, printFailure, printJson, t } from '../output.ts'
import { pauseEnd } from './pause-end.ts'
import { quietJson } from './status.ts'

/** Pauses alerts. */
export const pause: RunCommand = async ({ profile, json, words }) => {
  const [word = '1h'] = words
  const choice = words.length < 2 && pauseChoices.find((one) => one === word)
  const end = pauseEnd(words, Date.now())
  if (!choice && end === undefined) {
    const values = { choices: listOf(pauseChoices), example: 'until 14:00' }
    return printFailure(usageFailure({ name: 'pause', values }, 'pause --help'), json)
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

/** Ends a pause. */
export const resume: RunCommand = async ({ profile, json }) => {
  const answer = await askInstance(profile, { call: 'command', name: 'quiet.resume', input: {} })
  return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
}

/** Prints whether it is quiet, and until when. @returns the exit status */
const printQuiet = async (profile: string, json: boolean): Promise<number> => {
  const snapshot = await readSnapshot(profile)
  if (!snapshot.ok) return printFailure(snapshot.failure, json)
  if (json) printJson({ quiet: quietJson(snapshot.value.quiet) })
  else print(quietLine(t, snapshot.value, Date.now()) ?? t('cli.resumed'))
  return 0
}
