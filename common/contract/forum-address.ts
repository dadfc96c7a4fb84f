/** What Discourse's own pages begin with, below the folder that a forum may live in (its `config/routes.rb`). */
const routes = [
  /^[tugcpsn]$/,
  /^(?:tags?|users?|groups|latest|top|new|unread|hot|posted|bookmarks|categories|search|filter|my|posts|chat|badges)$/,
  /^(?:about|faq|guidelines|rules|conduct|tos|privacy|login|signup|session|invites|admin|review|user-api-key)$/,
]

/**
 * The folder that a page of a forum stands in: `/forum` for `/forum/t/a-topic/12`, nothing for `/t/a-topic/12`.
 * @param pathname of the page's address
 * @returns undefined when no part of it is known from Discourse
 */
export const folderOfPage = (pathname: string): string | undefined => {
  const parts = pathname.split('/').filter((part) => part !== '')
  const page = parts.findIndex((part) => routes.some((route) => route.test(part)))
  return page < 0
    ? undefined
    : parts
        .slice(0, page)
        .map((part) => `/${part}`)
        .join('')
}

/** As far into a text as an address is looked for, in characters. */
const farthest = 2000
/** Marks that stand around an address in a text, and the brackets of a mail or a list. */
const around = /^[<("'`“”„«»‘’‚‹›[{|*_]+|[>)"'`“”«»‘’‹›\]}|*_,;!?]+$/gu
/** What browsers and feed readers put in front of an address. */
const wrappers = /^(?:view-source|feed|url|link|reader|web\+[a-z]+):(?:\/\/)?(?=\s*[a-z[<("])/i

/**
 * An address as people paste it, with what does not belong to it taken away: invisible characters, quotes, brackets and
 * other marks around it, the words before and after it, a markdown link's text, `view-source:`; and with a scheme that
 * was typed with too few or too many slashes, twice, or with backslashes, put right. A text without any address comes
 * back as it is, trimmed.
 */
export const tidyAddress = (text: string): string => {
  const visible = text.slice(0, farthest).replace(/[\p{Cf}\u115f\u1160\u3164\uffa0]|(?![\t\n\r\v\f\x85])\p{Cc}/gu, '')
  const link = /\]\(\s*<?([^\s)>]+)>?[^)]*\)/.exec(visible)?.[1]
  const unwrapped = (link ?? addressAmongWords(visible)).replace(around, '')
  const bare = unwrapped.replace(wrappers, '').replace(around, '').trim()
  return bare.replace(/^(?:(?:https?(?::[\\/]*|[\\/]{2,}))+|[\\/]{2,})(?=[^\\/])/i, (schemes) => {
    const last =
      schemes
        .toLowerCase()
        .match(/https?/g)
        ?.at(-1) ?? 'https'
    return `${last}://`
  })
}

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

const longestFolder = 40

/**
 * The address of a forum in a text from the clipboard: that of its first http or https address, without anything that
 * may be a secret of somebody's, so that nothing else of the text need be passed on. A page of the forum stands for the
 * forum.
 * @returns origin and folder; null when the text has no such address, or it holds a name or password
 */
export const forumAddressIn = (text: string): string | null => {
  const found = /https?:\/\/[^\s<>"'`|\\^{}]+/i.exec(text.slice(0, farthest))?.[0].replace(/[.,;:!?)\]»”’]+$/, '')
  if (found === undefined || !URL.canParse(found)) return null
  const { origin, pathname, username, password, hostname } = new URL(found)
  const isHost = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')
  if (!isHost || username !== '' || password !== '') return null
  const whole = pathname.replace(/\/+$/, '')
  const mayBeFolder = whole.lastIndexOf('/') === 0 && whole.length <= longestFolder
  return origin + (folderOfPage(pathname) ?? (mayBeFolder ? whole : ''))
}

/** The same for a text that the user pastes as an address, which may lack its scheme. */
export const pastedAddress = (text: string): string | null => {
  const single = tidyAddress(text)
  return forumAddressIn(single) ?? (/^[^\s@]+\.[^\s@]+$/.test(single) && !single.includes('://') ? single : null)
}
