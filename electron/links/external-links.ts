import { openPrefix, openSignedInPrefix } from '../../common/contract/bridge.ts'
import { parseUrl } from '../../common/contract/parse-url.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { isOwnPage } from '../window/app-address.ts'

/** In characters: a longer URL is not ours. Windows itself opens none above about 2,000; forums' URLs are shorter. */
const longestUrl = 16_000

/** What the decision about a link depends on. */
export interface LinkContext {
  readonly snapshot: Snapshot
  /** The engine's function: gives the page on which a pending attempt is approved. */
  readonly authorizeUrl: (attempt: string) => string | undefined
}

/**
 * Decides what the system's browser may open (Electron's security checklist, point 15): pages of a connected forum or
 * of one whose sign-in is under way, our releases page while a notice names it, and, through our own `/open/<attempt>`,
 * an attempt's authorize page.
 * @param link from a window or a notification, so it can be anything
 * @returns the address to open, or undefined to refuse
 */
export const linkToOpen = (link: unknown, context: LinkContext): string | undefined => {
  if (typeof link !== 'string' || link.length > longestUrl) return undefined
  const url = parseUrl(link)
  if (url === undefined) return undefined
  if (isReleasesPage(url, context.snapshot)) return url.href
  if (!isOwnPage(link)) return onKnownSite(url, context.snapshot)
  const attempt = idAfter(openPrefix, url)
  const page = attempt === undefined ? undefined : context.authorizeUrl(attempt)
  return page === undefined ? undefined : onKnownSite(new URL(page), context.snapshot)
}

/**
 * The id in our own `/open-signed-in/<link>`. Such a link opens a forum with the user logged in; only the engine knows
 * its address.
 * @param link from a window, so it can be anything
 */
export const signedInLinkOf = (link: unknown): string | undefined =>
  typeof link === 'string' && link.length <= longestUrl && isOwnPage(link)
    ? idAfter(openSignedInPrefix, new URL(link))
    : undefined

const idAfter = (prefix: string, url: URL): string | undefined => {
  if (!url.pathname.startsWith(prefix) || url.search !== '' || url.hash !== '') return undefined
  // Ids are hex, so one that needs decoding is not ours.
  const id = url.pathname.slice(prefix.length)
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : undefined
}

/**
 * Whether this is the page that a notice of a newer version names. It is ours, built into the package
 * (installation.ts).
 */
const isReleasesPage = (url: URL, { notices }: Snapshot): boolean =>
  url.origin === 'https://github.com' &&
  notices.some(({ failure }) => failure.code === 'update_elsewhere' && failure.params?.['page'] === url.href)

const onKnownSite = (url: URL, { accounts, attempts }: Snapshot): string | undefined => {
  // Plain HTTP only for a forum that the user chose to add without encryption: the origin has to be the same.
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb || url.username !== '' || url.password !== '') return undefined
  const pending = attempts.filter(({ state }) => state.kind === 'waiting' || state.kind === 'checking')
  const known = [...accounts, ...pending].some(({ site }) => isWithin(url, site.base))
  return known ? url.href : undefined
}

/**
 * Whether a URL is within a site's origin and folder; both addresses have been normalised by the URL parser, so no `..`
 * is left.
 */
const isWithin = (url: URL, base: string): boolean => {
  const site = new URL(base)
  const folder = site.pathname.replace(/\/+$/, '')
  return url.origin === site.origin && (url.pathname === folder || url.pathname.startsWith(`${folder}/`))
}
