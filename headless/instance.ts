import * as v from 'valibot'
import { fail, ok, type Result } from '../common/contract/failure.ts'
import { type AccountView, type Snapshot, snapshotSchema } from '../common/contract/snapshot.ts'
import { callInstance } from '../engine/control/call-instance.ts'
import { controlPath } from '../engine/control/control-path.ts'
import type { ControlCall } from '../engine/control/control-protocol.ts'

/** Asks the instance running on a profile. Failures: those of `callInstance`. */
export const askInstance = (profile: string, call: ControlCall): Promise<Result<unknown>> =>
  callInstance(controlPath(profile), call)

/** The running instance's snapshot. */
export const readSnapshot = async (profile: string): Promise<Result<Snapshot>> => {
  const answer = await askInstance(profile, { call: 'snapshot' })
  return answer.ok ? readValue(snapshotSchema, answer.value) : answer
}

/** Reads an answer's value; `internal` when the other side is another version. */
export const readValue = <Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Result<v.InferOutput<Schema>> => {
  const parsed = v.safeParse(schema, value)
  return parsed.success ? ok(parsed.output) : fail('internal')
}

/** An account as a person names it: `eve@meta.discourse.org`. */
export const accountName = ({ username, site }: AccountView): string => `${username}@${site.host}`
