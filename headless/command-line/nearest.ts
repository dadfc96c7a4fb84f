/** The word that was probably meant; undefined when none is near enough to what was typed. */
export const nearest = (typed: string, words: readonly string[]): string | undefined =>
  words
    .map((word) => ({ word, edits: editDistance(typed.toLowerCase(), word) }))
    .filter(({ word, edits }) => edits <= (word.length < 4 ? 1 : 2) || word.startsWith(typed))
    // Words that only have to be completed come before words that would have to be corrected.
    .toSorted((a, b) => Number(b.word.startsWith(typed)) - Number(a.word.startsWith(typed)) || a.edits - b.edits)[0]
    ?.word

/** How many letters have to be inserted, removed or changed (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const next = [row + 1]
    for (const [column, other] of [...b].entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      )
    }
    previous = next
  }
  return previous[b.length] ?? 0
}
