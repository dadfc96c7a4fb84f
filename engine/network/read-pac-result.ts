import { type ProxyServer, readProxy } from '../../common/preferences/proxy.ts'
import { direct, type Route } from './route.ts'

const kinds: Readonly<Record<string, ProxyServer['kind']>> = {
  proxy: 'http',
  http: 'http',
  https: 'https',
  socks: 'socks4',
  socks4: 'socks4',
  socks5: 'socks5',
}

/**
 * Reads the result of a proxy auto-configuration script, which is also the format of `session.resolveProxy`: routes in
 * the order to try them, such as `PROXY proxy.example:3128; SOCKS5 [::1]:1080; DIRECT`. A bare `SOCKS` is version 4, as
 * in Chromium.
 * @returns the routes that are understood; none if there are only unknown ones; direct for an empty text
 */
export const readPacResult = (text: string): readonly Route[] => {
  const entries = text.split(';').filter((entry) => entry.trim() !== '')
  return entries.length === 0 ? [direct] : entries.flatMap(readEntry)
}

const readEntry = (entry: string): readonly Route[] => {
  const [word = '', address, ...rest] = entry.trim().split(/\s+/)
  if (word.toLowerCase() === 'direct') return address === undefined ? [direct] : []
  const kind = kinds[word.toLowerCase()]
  if (kind === undefined || address === undefined || rest.length > 0) return []
  const proxy = readProxy(`${kind}://${address}`)
  return proxy.ok && proxy.value.login === undefined ? [proxy.value] : []
}
