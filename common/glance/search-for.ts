/** Text without what does not matter in a search: capitals and accents. */
export const searchable = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/**
 * Makes the function that decides whether a text matches: it contains every word, in any order. Without any words every
 * text matches, and is not even requested.
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
