let segmenter: Intl.Segmenter | undefined

/**
 * The first letter of a name, as a reader counts letters, as a capital; empty for an empty name. Most names begin with a
 * letter that no rule is needed for, and those rules take longer to load than all the rest of a small first view.
 */
export const firstLetter = (name: string): string => {
  const trimmed = name.trim()
  const plain = /^[A-Za-z0-9](?=[\x20-\x7e]|$)/.exec(trimmed)?.[0]
  if (plain !== undefined) return plain.toUpperCase()
  segmenter ??= new Intl.Segmenter()
  const [letter] = segmenter.segment(trimmed)
  return letter?.segment.toLocaleUpperCase() ?? ''
}
