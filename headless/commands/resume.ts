import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'
import { printQuiet } from './print-quiet.ts'

/** Ends a pause. */
export const resume: RunCommand = async ({ profile, json }) => {
  const answer = await askInstance(profile, { call: 'command', name: 'quiet.resume', input: {} })
  return answer.ok ? await printQuiet(profile, json) : printFailure(answer.failure, json)
}
