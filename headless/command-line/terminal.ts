/** How wide a line may be: the terminal's columns; infinite where output goes to a file or a pipe. */
export const lineWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY)

/**
 * Whether output may have colours.
 * @param when of `--color`
 */
export const mayHaveColor = (
  when: string | boolean | undefined,
  environment: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean => {
  if (when === 'always' || when === 'never') return when === 'always'
  // no-color.org: any text that is not empty.
  return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'
}

/** Select graphic rendition, on and off (ECMA-48, 8.3.117). */
const styles = { bold: [1, 22], dim: [2, 22], yellow: [33, 39], cyan: [36, 39] } as const

export type Style = keyof typeof styles

/** Text in a style, where colours are allowed. */
export const styled = (hasColor: boolean, style: Style, text: string): string => {
  const [on, off] = styles[style]
  return hasColor && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text
}

/** Letters that terminals draw two columns wide (UAX #11: wide and fullwidth), and emoji. */
const wide =
  /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
/** Characters that are drawn over the previous one, or not at all; includes control characters. */
const isWithoutWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)

/** Created when first needed: it takes as long as everything else here. */
let segmenter: Intl.Segmenter | undefined
const segmentsOf = (text: string): Iterable<{ readonly segment: string }> => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** How many columns a text takes up in a terminal. */
export const textWidth = (text: string): number => {
  if (isPlain(text)) return text.length
  let width = 0
  for (const { segment } of segmentsOf(text)) if (!isWithoutWidth.test(segment)) width += wide.test(segment) ? 2 : 1
  return width
}

/** A text truncated to this many columns, with an ellipsis if something is missing. */
export const truncate = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text
  let cut = ''
  let used = 0
  for (const { segment } of segmentsOf(text)) {
    const next = textWidth(segment)
    if (used + next > width - 1) break
    cut += segment
    used += next
  }
  return width < 1 ? '' : `${cut}…`
}

/**
 * Outside text on one line: line breaks and other control characters, which a terminal would obey, become spaces;
 * what changes the direction of everything that follows (UAX #9, explicit formatting), and half characters, are left out.
 */
export const oneLine = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069\p{Cs}]/gu, '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
