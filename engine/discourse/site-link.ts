import { parseUrl } from '../../common/contract/parse-url.ts'
import { withoutTrailingSlashes } from '../../common/contract/without-trailing-slashes.ts'

/**
 * An address that the forum sent, if it leads to a page of the same site: same host, inside its folder. Any other
 * scheme, host or way out (`javascript:`, `//elsewhere`, `/\elsewhere`, `..`) gives null. What comes back begins with
 * `base` itself, so that a full address from a forum behind a misconfigured proxy is corrected (protocol.md 7).
 * @param base the site's origin plus optional folder
 * @param target a path, with or without the folder, or a full address
 */
export const siteLink = (base: string, target: string): string | null => {
  if (target.length > longestLink) return null
  const isPath = target.startsWith('/')
  if (!isPath && !/^https?:\/\//i.test(target)) return null
  // The parser would resolve these, and ignores line breaks and tabs anywhere.
  const [path = ''] = target.replace(/[\t\r\n]/g, '').split(/[?#]/, 1)
  if (/[/\\](\.|%2e){1,2}([/\\]|$)/i.test(path)) return null
  const root = new URL(base)
  const url = parseUrl(target, root.origin)
  if (url === undefined || url.host !== root.host || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return null
  const folder = withoutTrailingSlashes(root.pathname)
  const inFolder = folder === '' || url.pathname === folder || url.pathname.startsWith(`${folder}/`)
  if (!inFolder && !isPath) return null
  // Only there the parser leaves backslashes, which other programs take for slashes.
  const rest = `${url.search}${url.hash}`.replaceAll('\\', '%5C')
  const link = `${root.origin}${inFolder ? '' : folder}${url.pathname}${rest}`
  return link.length > longestLink ? null : link
}

const longestLink = 2000

/**
 * One segment of a path. Slugs and names may hold any letter; a dot segment would lead elsewhere, so it is replaced.
 * Some forums send slugs already encoded.
 */
export const pathSegment = (text: string | number): string => {
  const segment = encodeURIComponent(
    decoded(String(text).slice(0, longestSegment))
      .slice(0, longestShown)
      .replace(/\p{Cs}/gu, '\ufffd'),
  )
  return segment === '' || segment === '.' || segment === '..' ? '-' : segment
}

/** Slugs and names have at most 255 characters on forums; encoded, each takes up to nine. */
const longestShown = 200
const longestSegment = longestShown * 9

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
