/**
 * A value that was read again, reusing the previous objects wherever they are equal, so that identical objects need not
 * be compared again. In lists, objects with an `id` are compared with the one that had it.
 * @param before what was read earlier
 * @param after plain data, as JSON has it
 */
export const shareStructure = <Value>(before: unknown, after: Value): Value => {
  if (before === after || !isObject(before) || !isObject(after)) return after
  const kept = Array.isArray(after) ? keepItems(before, after) : keepFields(before, after)
  // Deeply equal, so of the same type.
  return (isMadeOfSame(before, kept) ? before : kept) as Value
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const keepFields = (before: Fields, after: Fields): Fields =>
  Object.fromEntries(Object.entries(after).map(([name, value]) => [name, shareStructure(before[name], value)]))

const keepItems = (before: unknown, after: readonly unknown[]): readonly unknown[] => {
  if (!Array.isArray(before)) return after
  const byId = new Map(before.map((item: unknown) => [idOf(item), item]))
  return after.map((item, index) => shareStructure(byId.get(idOf(item) ?? byId) ?? before[index], item))
}

const idOf = (item: unknown): unknown => (isObject(item) ? item['id'] : undefined)

const isMadeOfSame = (before: Fields, after: object): boolean => {
  const fields = Object.entries(after)
  return (
    Array.isArray(before) === Array.isArray(after) &&
    fields.length === Object.keys(before).length &&
    fields.every(([name, value]) => Object.hasOwn(before, name) && before[name] === value)
  )
}
