import { farthest, forumAddressIn } from './forum-address.ts'

// A file of its own, because checking the clipboard needs none of this.

/** Punctuation around an address in a text, and the brackets of mail and lists. */
const around = /^(?!\[[\da-f:.]+\][:/])[<("'`“”„«»‘’‚‹›[{|*_「『【《（]+|[>)"'`“”«»‘’‹›\]}|*_,;!?…」』】》）、。]+$/giu
/** What browsers and feed readers put in front of an address. */
const wrappers = /^(?:view-source|feed|url|link|reader|web\+[a-z]+):(?:\/\/)?(?=\s*[a-z[<("])/i

/** What follows an address in the source of a page, or behind it in a script that needs no spaces. */
const markup = /(?<=^https?:[^"<>「」『』【】《》]*)["<>「」『』【】《》].*$/is

/**
 * Cleans up an address as people paste it. It removes invisible characters, quotes, brackets and other marks around it,
 * the words before and after it, a markdown link's text, `view-source:`; and corrects a scheme that was copied without
 * its first letter, misspelled, typed twice, with too few or too many slashes, or with backslashes; or an address that
 * was percent-encoded to be put into another. A text without any address is only trimmed.
 */
export const tidyAddress = (text: string): string => {
  const visible = withScheme(
    halfWidth(text.slice(0, farthest)).replace(/[\p{Cf}\u115f\u1160\u3164\uffa0]|(?![\t\n\r\v\f\x85])\p{Cc}/gu, ''),
  )
  const link = links.map((form) => form.exec(visible)?.[1]).find((found) => found !== undefined)
  const unwrapped = (link ?? addressAmongWords(visible)).replace(around, '')
  const bare = unwrapped.replace(wrappers, '').replace(around, '').replace(markup, '').trim()
  return bare.replace(/^(?:(?:https?(?::[\\/]*|[\\/]{2,}))+|:?[\\/]{2,})(?=[^\\/])/i, (schemes) => {
    const last =
      schemes
        .toLowerCase()
        .match(/https?/g)
        ?.at(-1) ?? 'https'
    return `${last}://`
  })
}

/** The links of Markdown and of BBCode. */
const links = [/\]\(\s*<?([^\s)>]+)>?[^)]*\)/, /\[url=["']?([^\]"'\s]+)/i, /\[url\]\s*([^\s[]+)/i]

/** A scheme as people misspell it, with a space where a line was broken, or escaped for a page or another address. */
const withScheme = (text: string): string =>
  text
    .replace(/&#(?:58|x3a);/gi, ':')
    .replace(/^\s*https?%(?:25)*3a%(?:25)*2f.*$/is, (encoded) =>
      encoded.replace(/%(?:25)*(3a|2f)/gi, (_, code) => (String(code).toLowerCase() === '3a' ? ':' : '/')),
    )
    .replace(/^\s*h?t{1,3}p\s?(s?)s?\s?[:;.]{1,2}\s?[\\/]{2,}\s?(?=[^\s\\/])/i, 'http$1://')

/** Characters as East Asian keyboards may produce them, in the form that addresses and codes have. */
export const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0))

/** The one word of a text that is an address: with a scheme, or else the only one with a dot inside. */
const addressAmongWords = (text: string): string => {
  const words = text.split(/[\s\x85]+/u).filter((word) => word !== '')
  const [first, ...others] = words
  if (first === undefined || others.length === 0) return first ?? ''
  const withScheme = words.map((word) => /(?:view-source:)?https?:[\\/]*[^\s\\/].*$/i.exec(word)?.[0])
  const found = withScheme.find((word) => word !== undefined)
  if (found !== undefined) return found
  const dotted = words.filter((word) => /[^\s@.]\.[^\s@.]{2,}/u.test(word) && !word.includes('@'))
  return dotted.length === 1 ? (dotted[0] ?? '').replace(/\.+$/, '') : text.trim()
}

/** The same for a text that the user pastes as an address, which may lack its scheme. */
export const pastedAddress = (text: string): string | null => {
  const single = tidyAddress(text)
  return forumAddressIn(single) ?? (/^[^\s@]+\.[^\s@]+$/.test(single) && !single.includes('://') ? single : null)
}
