import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { printQuiet } from './print-quiet.ts'

/** Holds alerts back for a while. */
export const pause: RunCommand = async ({ profile, json, words }) => {
  const [word = '1h'] = words
  const answer = await askInstance(profile, { call: 'command', name: 'quiet.pause', input: { for: word } })
  return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
}
