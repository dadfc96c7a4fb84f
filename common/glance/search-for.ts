/** Text without what a person who searches does not care for: capitals and accents. */
export const searchable = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/**
 * Makes what tells whether a text is searched for: it holds every word, in any order. Without a word every text is, and
 * none is asked for.
 * @param search words as they were typed
 * @returns takes a `searchable` text
 */
export const searchFor = (search: string): ((textOf: () => string) => boolean) => {
  const words = searchable(search)
    .split(/\s+/)
    .filter((word) => word !== '')
  return (textOf) => {
    if (words.length === 0) return true
    const text = textOf()
    return words.every((word) => text.includes(word))
  }
}
