import * as v from 'valibot'

const schema = v.object({ ends_at: v.nullable(v.string()) })

/**
 * Reads a bus message of `/do-not-disturb/<user id>` (protocol.md 5.6): when do-not-disturb ends, in milliseconds since
 * 1970; null if it is off, or if the bus message cannot be read.
 */
export const readQuietUntil = (data: unknown): number | null => {
  const parsed = v.safeParse(schema, data)
  const until = Date.parse((parsed.success && parsed.output.ends_at) || '')
  return Number.isNaN(until) ? null : until
}
