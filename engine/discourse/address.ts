import { isIPv6 } from 'node:net'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { folderOfPage } from '../../common/contract/forum-address.ts'
import { parseUrl } from '../../common/contract/parse-url.ts'
import { tidyAddress } from '../../common/contract/pasted-address.ts'
import { withoutTrailingSlashes } from '../../common/contract/without-trailing-slashes.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { shownDomain } from './shown-domain.ts'

const longestAddress = 2000

/**
 * Reads what a person typed or pasted as the addresses where a forum may be (protocol.md 7): the origin, then the
 * folder in it that a forum's page is in, or may be in, then the whole path as a folder. A link to a topic therefore
 * finds its forum. What does not belong to the address is removed (`tidyAddress`); the scheme is added when missing
 * (`http` for loopback only); query, fragment, trailing slashes and dots are dropped, ports kept. A folder in capitals is
 * tried in lower case first, as forums write theirs: some servers accept any spelling, and one forum must not become two.
 * @param allowPlain the user insists on http although the key then travels in clear
 * @returns bases in the order to try them; `address_invalid`; `address_not_encrypted` for http beyond this computer
 */
export const readAddress = (text: string, allowPlain = false): Result<readonly string[]> => {
  if (text.length > longestAddress) return fail('address_invalid')
  const typed = withBrackets(tidyAddress(text))
  if (typed === '') return fail('address_invalid')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
  const url = parseUrl((hasScheme ? typed : `https://${typed}`).replace(closingDots, '$1'))
  if (url === undefined || url.username !== '' || url.password !== '') return fail('address_invalid')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('address_invalid')
  const loopback = isLoopback(url.hostname)
  // A single word is more often a typing error than an intranet host; those can be typed with their scheme.
  if (!hasScheme && !loopback && !/[.:]/.test(url.hostname)) return fail('address_invalid')
  if (!hasScheme && loopback) url.protocol = 'http:'
  if (url.protocol === 'http:' && !loopback && !allowPlain)
    return fail('address_not_encrypted', { host: shownHost(url.origin) })
  const path = withoutTrailingSlashes(url.pathname)
  const known = folderOfPage(path)
  const folders = ['', ...(known === undefined ? foldersAbove(path) : [known]), path]
  return ok(
    [...new Set(folders.flatMap((folder) => [folder.toLowerCase(), folder]))].map((place) => url.origin + place),
  )
}

/** Deeper folders are rare, and each costs a request. */
const deepestGuess = 2

/** The folders in which a page may be whose path says nothing about them: `/forum` for `/forum/a-page`. */
const foldersAbove = (path: string): readonly string[] => {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .slice(0, -1)
  return parts.slice(0, deepestGuess).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

/** The dot that ends a fully qualified domain name, which most certificates and web servers do not expect. */
const closingDots = /^(https?:\/\/[^/?#\\@]*?)\.+(?=[:/?#]|$)/i

/** Adds the brackets that an IPv6 address needs in a URL and nowhere else (RFC 3986, 3.2.2). */
const withBrackets = (typed: string): string => {
  const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)?([^/?#]*)(.*)$/is.exec(typed) ?? []
  return isIPv6(host) ? `${scheme}[${host}]${rest}` : typed
}

/** A base for display: without its scheme, with IDNs in their own script unless they look like other names, port and folder kept. */
export const shownHost = (base: string): string => {
  const url = new URL(base)
  const port = url.port === '' ? '' : `:${url.port}`
  return `${shownDomain(url.hostname)}${port}${withoutTrailingSlashes(url.pathname)}`
}

/** Joins a path to a base without losing its folder, which `new URL('/x', base)` would drop (protocol.md 7). */
export const atSite = (base: string, path: string): string => `${base}${path}`
