/** A number from 0 to below 1. */
type Fraction = () => number

/** Values as JSON text, for some of them no JavaScript value can hold. */
const hostileValues: readonly string[] = [
  'null',
  'true',
  '-1',
  '0.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  '4294967296',
  '""',
  '"0"',
  '[]',
  '{}',
  '[null]',
  '{"__proto__":{"polluted":true}}',
  '{"toString":null,"valueOf":1}',
  '"\\u0000\\u001b[31mred\\u0007\\r\\nready http://127.0.0.1:1/"',
  '"\\u202eevil\\u2066\\u200b\\ufeff"',
  '"\\ud800"',
  '"<img src=x onerror=alert(1)>&amp;&#x1F4A9;:smile:"',
  '"javascript:alert(1)"',
  '"//evil.example/"',
  '"https://evil.example\\\\@forum.example/"',
  '"../../etc/passwd"',
  '"9999-99-99T99:99:99Z"',
  '"+275760-09-13T00:00:00.001Z"',
  JSON.stringify('x'.repeat(100_000)),
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
]

/**
 * An answer with one to four of its values replaced by hostile ones, removed, or doubled: nearly right, as what gets past
 * a first look. Not always JSON that JavaScript can write, so it comes as text.
 */
export function hostileJson(answer: unknown, fraction: Fraction): string {
  let left = 1 + Math.floor(fraction() * 4)
  const places = countPlaces(answer)
  const write = (value: unknown): string => {
    if (left > 0 && fraction() < 4 / places) {
      left -= 1
      return hostileValues[Math.floor(fraction() * hostileValues.length)] ?? 'null'
    }
    if (Array.isArray(value)) return `[${value.flatMap((item) => repeat(write(item))).join(',')}]`
    if (typeof value === 'object' && value !== null) {
      return `{${Object.entries(value)
        .flatMap(([key, item]) => repeat(`${JSON.stringify(key)}:${write(item)}`))
        .join(',')}}`
    }
    return JSON.stringify(value) ?? 'null'
  }
  /** Once nearly always; sometimes not at all, or twice. */
  const repeat = (text: string): readonly string[] => {
    if (left === 0 || fraction() > 1 / places) return [text]
    left -= 1
    return fraction() < 0.5 ? [] : [text, text]
  }
  return write(answer)
}

function countPlaces(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, item) => sum + countPlaces(item), 1)
}
