import { domainToUnicode } from 'node:url'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { folderOfPage } from '../../common/contract/forum-address.ts'
import { isLoopback } from '../network/is-loopback.ts'

const longestAddress = 2000

/**
 * Reads what a person typed or pasted as the places where a forum may stand (protocol.md 7):
 * the origin, then the folder in it that the page of a forum stands in, then the whole path as a folder. A link to a topic
 * therefore finds its forum. Scheme added when missing (`http`
 * for loopback only), query, fragment and closing slashes dropped, ports kept.
 * @param allowPlain the user insists on http although the key then travels in clear
 * @returns bases in the order to try them; `address_invalid`; `address_not_encrypted` for http beyond this computer
 */
export const readAddress = (text: string, allowPlain = false): Result<readonly string[]> => {
  const typed = text.trim()
  if (typed === '' || typed.length > longestAddress) return fail('address_invalid')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
  const url = parse(hasScheme ? typed : `https://${typed}`)
  if (url === undefined || url.username !== '' || url.password !== '') return fail('address_invalid')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('address_invalid')
  const loopback = isLoopback(url.hostname)
  // A single word is more often a slip than an intranet host; those can be given with their scheme.
  if (!hasScheme && !loopback && !/[.:]/.test(url.hostname)) return fail('address_invalid')
  if (!hasScheme && loopback) url.protocol = 'http:'
  if (url.protocol === 'http:' && !loopback && !allowPlain)
    return fail('address_not_encrypted', { host: shownHost(url.origin) })
  const folder = url.pathname.replace(/\/+$/, '')
  const folders = new Set(['', folderOfPage(url.pathname) ?? '', folder])
  return ok([...folders].map((path) => url.origin + path))
}

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

/** A base as people read it: no scheme, IDN in its own letters, port and folder kept. */
export const shownHost = (base: string): string => {
  const url = new URL(base)
  const port = url.port === '' ? '' : `:${url.port}`
  return `${domainToUnicode(url.hostname) || url.hostname}${port}${url.pathname.replace(/\/+$/, '')}`
}

/** Joins a path to a base without losing its folder, which `new URL('/x', base)` would drop (protocol.md 7). */
export const atSite = (base: string, path: string): string => `${base}${path}`
