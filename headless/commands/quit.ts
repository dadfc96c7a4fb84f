import type { RunCommand } from '../command-line/command-spec.ts'
import { askInstance } from '../instance.ts'
import { printFailure } from '../output.ts'

/** Ends the running instance. */
export const quit: RunCommand = async ({ profile, json }) => {
  const answer = await askInstance(profile, { call: 'quit' })
  return answer.ok ? 0 : printFailure(answer.failure, json)
}
