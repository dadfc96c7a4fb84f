import { parseJson } from './parse-json.ts'

/**
 * The most values that are read by default, including lists and objects: ten times as many as in the largest answer of a
 * forum, apart from its message bus. Two megabytes of empty lists would take a second.
 */
const defaultMostValues = 10_000
/** The most keys of objects, which take the longest: for as many, `JSON.parse` needs some 15 ms. */
const mostKeys = 10_000
/** The most lists and objects inside one another. Discourse has six. */
const deepest = 64

/**
 * Parses JSON from a forum, the page or the control socket without blocking the event loop for long: text with more
 * values, more keys or deeper nesting than any of theirs has is not parsed at all (ARCHITECTURE.md, decision 15).
 * @param mostValues where more than in a forum's answer are expected
 * @returns undefined for that, and for what is not JSON
 */
export const parseBoundedJson = (text: string, mostValues = defaultMostValues): unknown =>
  isWithinLimits(text, mostValues) ? parseJson(text) : undefined

const [quote, backslash, comma, colon, openList, closeList, openObject, closeObject] = [...'"\\,:[]{}'].map(
  (character) => character.charCodeAt(0),
)

/** Counts without parsing. The result for text that is not JSON does not matter. */
const isWithinLimits = (text: string, mostValues: number): boolean => {
  let [depth, values, keys] = [0, 0, 0]
  for (let at = 0; at < text.length && values <= mostValues && keys <= mostKeys; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === comma) values += 1
    else if (code === colon) keys += 1
    else if (code === closeList || code === closeObject) depth -= 1
    else if (code === openList || code === openObject) {
      depth += 1
      values += 1
      if (depth > deepest) return false
    }
  }
  return values <= mostValues && keys <= mostKeys
}

/** Where the string ends whose first character is at `start`; the end of the text when it has no end. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (before >= start && text.charCodeAt(before) === backslash) before -= 1
    if ((end - before) % 2 === 1) return end
  }
  return text.length
}
