/**
 * A forum's own colour from the two that `basic-info` tells, the header's ground and its letters: the more colourful
 * one, for many headers are white. Hexadecimal without `#`, three or six digits (protocol.md 5.5).
 * @returns `#rrggbb`, or null when neither is a colour or both are greys
 */
export const siteColor = (ground: string | null | undefined, letters: string | null | undefined): string | null => {
  const colors = [readColor(ground), readColor(letters)].filter((color) => color !== undefined)
  const [best] = colors.toSorted((a, b) => colorfulness(b) - colorfulness(a))
  return best !== undefined && colorfulness(best) > 24 ? best : null
}

const readColor = (value: string | null | undefined): string | undefined => {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value?.trim() ?? '')?.[1]?.toLowerCase()
  if (digits === undefined) return undefined
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((digit) => digit + digit).join('')}`
}

/** The distance between a colour's strongest and weakest part, 0 to 255. */
const colorfulness = (color: string): number => {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return Math.max(...parts) - Math.min(...parts)
}
