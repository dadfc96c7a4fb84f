import emojiTable from './emoji-names.json' with { type: 'json' }

/** Longer text is of no use in a list or an alert. In UTF-16 units, like everything here. */
const longestText = 300

/**
 * How many times as much is looked at: `:emoji:` and entities are longer than what they become. No more, because removing what
 * does not belong takes a millisecond for each 20,000 units, and one answer can hold two million.
 */
const [textFactor, htmlFactor] = [4, 8]

/**
 * Text that the forum sends as HTML (`fancy_title`, protocol.md 5.3), as plain text on one line. Entities are decoded
 * once: what a person wrote as `&lt;b&gt;` stays that. The result may contain `<` and must never be read as HTML.
 * @returns null when nothing readable is left
 */
export const decodeServerHtml = (html: string, longest = longestText): string | null =>
  cut(replaceEmoji(clean(decodeEntities(html.slice(0, longest * htmlFactor)))), longest)

/**
 * Text that the forum sends as it was written: `:emoji:` become characters; control characters and those that change
 * the direction of text are removed, so that a title cannot reorder the sentence around it; white space becomes single
 * spaces.
 * @returns at most `longest` UTF-16 units; null when nothing readable is left
 */
export const decodeServerText = (text: string, longest = longestText): string | null =>
  cut(replaceEmoji(clean(text.slice(0, longest * textFactor))), longest)

/** The same for text in which `:emoji:` stay as they are: names and titles of forums, user names, names of groups. */
export const cleanText = (text: string, longest = longestText): string | null =>
  cut(clean(text.slice(0, longest * textFactor)), longest)

const cut = (text: string, longest: number): string | null => {
  const plain = text.trim()
  if (plain === '') return null
  return plain.length <= longest ? plain : `${clean(plain.slice(0, longest - 1)).trimEnd()}…`
}

/**
 * Terminal escape sequences (ECMA-48, 5.4 and 5.6): for colours and the cursor, for titles and links, and short ones. A title
 * ends at the next escape at the latest: looking for its proper end again from every place would take quadratic time.
 */
const terminalSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$|(?=\u001b))|\u001b[ -/]*[0-~]/g

/**
 * Normalises white space, then removes what does not belong in a line of text: controls, lone surrogates, direction
 * marks, embeddings, overrides and isolates, invisible fillers and U+FEFF. Joiners stay, because emoji and some scripts
 * need them. Of marks on one letter, which would cover the lines above and below, as many stay as any script needs.
 */
const clean = (text: string): string =>
  text
    .replace(terminalSequence, '')
    .replace(/[\s\u0085\u115f\u1160\u2800\u3164\uffa0]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu, '')
    .replace(/(\p{M}{8})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')

/** What Discourse escapes, and what its typography puts into titles (`lib/html_prettify.rb`). */
const namedEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['frac12', '½'],
  ['frac14', '¼'],
  ['frac34', '¾'],
])

const decodeEntities = (html: string): string =>
  html.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,6}\d{0,2}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return namedEntities.get(String(name)) ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole
  })

/**
 * Not inside words and times, where Discourse leaves them alone as well (`enable_inline_emoji_translation`). A tone may
 * follow.
 */
const shortcode = /(?<![\p{L}\p{N}]):([\p{L}\p{M}\d_+*#-]{1,64})(?::t([1-6]))?:(?![\p{L}\p{N}])/gu

/** `t2` to `t6` are the five skin tones, from light to dark; `t1` is none. */
const firstTone = 0x1_f3fb

const replaceEmoji = (text: string): string =>
  text.replace(shortcode, (whole, name, tone) => {
    const emoji = emojiByName().get(String(name).toLowerCase())
    if (emoji === undefined) return whole
    return tone === undefined || tone === '1' ? emoji : withTone(emoji, firstTone + Number(tone) - 2)
  })

/** The emoji of this name; undefined for the forum's own pictures and for names that are not emoji. */
export const emojiOf = (name: string): string | undefined => {
  const text = decodeServerText(`:${name}:`) ?? ''
  return text === '' || text.startsWith(':') ? undefined : text
}

/** A tone follows the first character that takes one, replacing its variation selector. */
const withTone = (emoji: string, tone: number): string =>
  emoji.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/u, `$1${String.fromCodePoint(tone)}`)

let byName: ReadonlyMap<string, string> | undefined

/** Created when first needed; there are thousands. The table has a line for each emoji: it, and its names. */
const emojiByName = (): ReadonlyMap<string, string> => {
  byName ??= new Map(
    emojiTable.split('\n').flatMap((line) => {
      const [emoji = '', ...names] = line.split(' ')
      return names.map((name) => [name, emoji] as const)
    }),
  )
  return byName
}
