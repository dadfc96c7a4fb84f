import * as v from 'valibot'
import { mostCommandValues } from '../../common/contract/most-command-values.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { type ControlCall, controlCallSchema } from './control-protocol.ts'

/**
 * Reads a line from the control socket.
 * @returns undefined for what is no call: another version has sent it, or it is beyond the limits of a command
 */
export const readCall = (line: string): ControlCall | undefined => {
  const call = v.safeParse(controlCallSchema, parseBoundedJson(line, mostCommandValues))
  return call.success ? call.output : undefined
}
