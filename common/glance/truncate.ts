/** The marks that isolate a value of the other direction; whoever puts a shortened one in isolates it again. */
const isolates = /[\u2066-\u2069]/g

/** Shortens a text in its middle, so that its beginning and its end can be read. Lengths are in characters as people see them. */
export const truncateMiddle = (text: string, most: number): string => {
  if (text.length <= most) return text
  const characters = charactersOf(text.replaceAll(isolates, ''))
  if (characters.length <= most) return text
  const end = Math.floor((most - 1) / 2)
  const [first, last] = [characters.slice(0, most - 1 - end), characters.slice(characters.length - end)]
  return `${first.join('').trimEnd()}…${last.join('').trimStart()}`
}

/** Shortens a text at its end. Lengths are in characters as people see them. */
export const truncateEnd = (text: string, most: number): string => {
  if (text.length <= most) return text
  const characters = charactersOf(text)
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}

let segmenter: Intl.Segmenter | undefined

/** A flag, a family and a letter with its accent are one character each. */
const charactersOf = (text: string): readonly string[] => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
