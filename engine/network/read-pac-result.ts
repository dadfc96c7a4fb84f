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
 * Reads what a proxy auto-configuration gives, which is also what `session.resolveProxy` answers: ways in the order to
 * try them, as `PROXY proxy.example:3128; SOCKS5 [::1]:1080; DIRECT`. A bare `SOCKS` is version 4, as in Chromium.
 * @returns what is understood of it; nothing when all of it is foreign; direct for an empty text
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
