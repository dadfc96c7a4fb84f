import * as v from 'valibot'
import type { CommandName, CommandResults } from '../../common/contract/commands.ts'
import { fail, type Result } from '../../common/contract/failure.ts'
import { resultSchema } from '../../common/contract/result-schema.ts'

/** Reads what a shell gave back for a command; what is not a `Result` is the failure `internal`. */
export const readResult = <Name extends CommandName>(answer: unknown): Result<CommandResults[Name]> => {
  const read = v.safeParse(resultSchema, answer)
  if (!read.success) return fail('internal')
  if (!read.output.ok) return read.output
  // The value's type is the contract's word: shell and page are built from the same `CommandResults` and shipped as one.
  return { ok: true, value: read.output.value as CommandResults[Name] }
}
