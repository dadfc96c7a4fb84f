import * as v from 'valibot'
import { type FailureCode, failureCodes } from './failure.ts'

const failureCodeSchema: v.GenericSchema<FailureCode> = v.picklist(failureCodes)

/** Reads a failure that comes from another process. */
export const failureSchema = v.object({
  code: failureCodeSchema,
  params: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
})

/** Reads a `Result` that comes from another process; its value is still `unknown`. */
export const resultSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  v.object({ ok: v.literal(false), failure: failureSchema }),
])
