import { parseUrl } from './parse-url.ts'
import { withoutTrailingSlashes } from './without-trailing-slashes.ts'

/** What the paths of Discourse's own pages begin with, below a forum's folder (its `config/routes.rb`). */
const routes = [
  /^[tugcpsn]$/,
  /^(?:tags?|users?|groups|latest|top|new|unread|unseen|hot|posted|raw|embed|notifications|bookmarks|categories|search|filter|my|posts|chat|badges)$/,
  /^(?:about|faq|guidelines|rules|conduct|tos|privacy|login|signup|session|invites|admin|review|user-api-key)$/,
]

/**
 * The folder that a forum's page is in: `/forum` for `/forum/t/a-topic/12`, nothing for `/t/a-topic/12`.
 * @param pathname of the page's address
 * @returns undefined when no part of it is known to be Discourse's
 */
export const folderOfPage = (pathname: string): string | undefined => {
  const parts = pathname.split('/').filter((part) => part !== '')
  const page = parts.findIndex((part) => routes.some((route) => route.test(withoutFormat(part))))
  return page < 0
    ? undefined
    : parts
        .slice(0, page)
        .map((part) => `/${part}`)
        .join('')
}

/** `latest.rss` and `Latest` are the same page as `latest`. */
const withoutFormat = (part: string): string => part.toLowerCase().replace(/\.(?:json|rss)$/, '')

/** How far into a text an address is searched, in characters. */
export const farthest = 2000
const longestFolder = 40

/**
 * The address of a forum in a text from the clipboard: that of its first http or https address, without anything that
 * may be secret, so that nothing else of the text is passed on. A page of the forum yields the forum.
 * @returns origin and folder; null when the text has no such address, or it contains a name or password
 */
export const forumAddressIn = (text: string): string | null => {
  const visible = text.slice(0, farthest).replace(/\p{Cf}/gu, '')
  const found = /https?:\/\/[^\s<>"'`|\\^{}“”„«»‘’‚‹›「」『』【】《》]+/i
    .exec(visible)?.[0]
    .replace(/[.,;:!?)\]*_]+$/, '')
  const url = found === undefined ? undefined : parseUrl(found)
  if (url === undefined) return null
  const { origin, pathname, username, password, hostname } = url
  const isHost = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')
  if (!isHost || username !== '' || password !== '') return null
  const whole = withoutTrailingSlashes(pathname)
  const mayBeFolder = whole.lastIndexOf('/') === 0 && whole.length <= longestFolder
  return origin + (folderOfPage(pathname) ?? (mayBeFolder ? whole : ''))
}
