import { searchable } from '../../common/glance/search-for.ts'

/** A text with the search words highlighted. */
export const MarkedText = ({ text, search }: { readonly text: string; readonly search: string }) =>
  partsOf(text, search).map(({ start, part, isFound }) => (isFound ? <mark key={start}>{part}</mark> : part))

interface Part {
  /** Where it starts, in code points. */
  readonly start: number
  readonly part: string
  readonly isFound: boolean
}

/**
 * Splits a text into parts that match the search and parts that do not. As in the search, case and accents are ignored.
 */
export const partsOf = (text: string, search: string): readonly Part[] => {
  const words = searchable(search)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return [{ start: 0, part: text, isFound: false }]
  const letters = [...text]
  // The compared text may be longer or shorter than the original, so each of its code units records the letter it comes
  // from.
  const origins: number[] = []
  let compared = ''
  for (const [index, letter] of letters.entries()) {
    const plain = searchable(letter)
    compared += plain
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(index)
  }
  const found = new Set<number>()
  for (const word of words) {
    for (let at = compared.indexOf(word); at >= 0; at = compared.indexOf(word, at + 1)) {
      for (let unit = at; unit < at + word.length; unit += 1) found.add(origins[unit] ?? -1)
    }
  }
  const parts: { start: number; part: string; isFound: boolean }[] = []
  for (const [index, letter] of letters.entries()) {
    const last = parts.at(-1)
    // A combining accent belongs to the letter before it.
    const isFound = found.has(index) || (searchable(letter) === '' && last?.isFound === true)
    if (last?.isFound === isFound) last.part += letter
    else parts.push({ start: index, part: letter, isFound })
  }
  return parts
}
