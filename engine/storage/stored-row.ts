import * as v from 'valibot'
import { notificationSchema } from '../../common/contract/notification.ts'
import { parseUrl } from '../../common/contract/parse-url.ts'

/**
 * A notification row in a file of the profile. Its address is one on the web, as the URL parser writes it: it is parsed
 * wherever rows are compared, and browsers are given it.
 */
export const storedRowSchema = v.pipe(
  notificationSchema,
  v.check(({ url }) => isWebAddress(url), 'leads to no page'),
)

const isWebAddress = (address: string): boolean => {
  const url = parseUrl(address)
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false
  return url.href === address && url.username === '' && url.password === ''
}

/**
 * Whether an address is in a site, as those of all its rows are (engine/discourse/site-link.ts).
 * @param base the site
 */
export const isInSite = (base: string, address: string): boolean =>
  address.startsWith(base) && ['', '/', '?', '#'].includes(address.charAt(base.length))
