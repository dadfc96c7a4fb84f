/** A JSON object whose contents have not been validated. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The object in `value`, or an empty one: what is missing shows in the comparison that follows. */
export function objectIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

export function listIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(objectIn) : []
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
