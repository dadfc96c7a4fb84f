import { parseUrl } from '../../common/contract/parse-url.ts'

/** The scheme of our own pages. Not `file:`, whose pages may read each other (Electron's security checklist, point 18). */
export const appScheme = 'app'

const appHost = 'notifier'

/** The page of the window. */
export const pageUrl = `${appScheme}://${appHost}/index.html`

/** Whether an address is one of our own pages'. */
export const isOwnPage = (address: string): boolean => {
  const url = parseUrl(address)
  if (url === undefined) return false
  const { protocol, host, username, password } = url
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === ''
}
