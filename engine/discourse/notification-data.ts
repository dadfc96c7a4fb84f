/** What a notification carries in `data`: strings, numbers, lists or nothing, by version and type (protocol.md 6). */
export type NotificationData = Readonly<Record<string, unknown>>

/** The text under a key, as it was sent; numbers as their digits. Null when there is none. */
export const dataText = (data: NotificationData, key: string): string | null => {
  const value = Object.hasOwn(data, key) ? data[key] : null
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** The first text of a list under a key. Null when there is none. */
export const firstText = (data: NotificationData, key: string): string | null => {
  const value = Object.hasOwn(data, key) ? data[key] : null
  return Array.isArray(value) ? dataText({ first: value[0] }, 'first') : null
}

/** The whole number under a key, 0 or more; also from its digits, and of a list its length. Null when there is none. */
export const dataNumber = (data: NotificationData, key: string): number | null => {
  const value = Object.hasOwn(data, key) ? data[key] : null
  return Array.isArray(value) ? value.length : wholeNumber(value)
}

/** A whole number, 0 or more, from a number or its digits; null for everything else. */
export const wholeNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null
}
