import * as v from 'valibot'

/** The fields of what was stored; none where it is no object. */
export const fieldsOf = (stored: unknown): Readonly<Record<string, unknown>> => {
  const fields = v.safeParse(v.record(v.string(), v.unknown()), stored)
  return fields.success ? fields.output : {}
}

/** The fields that can be written again as JSON, which is done by recursion: those of newer versions are kept unread. */
export const withoutDeep = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isDeeper(value, deepest)))

/** Deeper than any field of any version. */
const deepest = 20

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

/** Takes the stored fields one by one, each only if the whole is still right with it. */
export const forgiving = <Section>(
  schema: v.GenericSchema<unknown, Section>,
  defaults: Section,
  stored: unknown,
): Section => {
  let read = defaults
  for (const [name, value] of Object.entries(withoutDeep(fieldsOf(stored)))) {
    const tried = v.safeParse(schema, { ...read, [name]: value })
    if (tried.success) read = tried.output
  }
  return read
}
