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

/** Letters that terminals draw two columns wide (EastAsianWidth.txt of UAX #11: wide and fullwidth), and emoji. */
const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d8f}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u
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
 * The lines of a text, none wider than this: broken between words, and inside of one between letters that are written
 * without spaces. Other words stay whole.
 * @param width in columns; may be infinite
 */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  for (const [index, word] of text.split(' ').entries()) {
    const parts = wide.test(word) ? Array.from(segmentsOf(word), ({ segment }) => segment) : [word]
    for (const [place, part] of parts.entries()) {
      const line = lines.at(-1)
      const longer = `${line}${index > 0 && place === 0 ? ' ' : ''}${part}`
      if (line === undefined || textWidth(longer) > width) lines.push(part)
      else lines[lines.length - 1] = longer
    }
  }
  return lines
}

/**
 * Outside text on one line: line breaks and other control characters, which a terminal would obey, become spaces;
 * what changes the direction of everything that follows (UAX #9, explicit formatting), and half characters, are left out.
 */
export const oneLine = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069\p{Cs}]/gu, '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
