import * as v from 'valibot'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { type ControlCall, controlCallSchema } from './control-protocol.ts'
import { longestQuestion } from './line-limits.ts'

/**
 * Reads a line from the control socket. Failure: `command_invalid`, for a line beyond the limits as well as for a call of
 * another version.
 * @param line undefined when there was none, or a longer one than is read
 */
export const readCall = (line: string | undefined): Result<ControlCall> => {
  if (line === undefined) return invalid(`there was no line of at most ${longestQuestion} characters`)
  const json = parseBoundedJson(line, commandLimits.values)
  if (json === undefined) return invalid('it is no JSON, or has more values than any command')
  const call = v.safeParse(controlCallSchema, json)
  return call.success ? ok(call.output) : invalid('this version has no such call')
}

const invalid = (reason: string) => fail('command_invalid', { reason })
