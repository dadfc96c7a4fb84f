import { fail, ok, type Result } from '../contract/failure.ts'
import { parseUrl } from '../contract/parse-url.ts'

/** A proxy, and how it is spoken to. Its password is a secret: none of this goes into a snapshot or a log. */
export interface ProxyServer {
  readonly kind: 'http' | 'https' | 'socks4' | 'socks5'
  /** A name or an address, IPv6 without brackets. */
  readonly host: string
  readonly port: number
  readonly login?: { readonly name: string; readonly password: string }
}

const kinds: Readonly<Record<string, ProxyServer['kind']>> = {
  'http:': 'http',
  'https:': 'https',
  'socks:': 'socks5',
  'socks5:': 'socks5',
  'socks5h:': 'socks5',
  'socks4:': 'socks4',
  'socks4a:': 'socks4',
}

/** What a proxy's address means when it names no port. */
const defaultPorts: Readonly<Record<ProxyServer['kind'], number>> = { http: 80, https: 443, socks4: 1080, socks5: 1080 }

/**
 * Reads a proxy's address as people and environments write it: `http://proxy.example:3128`, `proxy.example:3128`,
 * `socks5://name:password@proxy.example`.
 * @returns failures `proxy_invalid`; `proxy_unsupported` for another scheme
 */
export const readProxy = (text: string): Result<ProxyServer> => {
  const typed = text.trim()
  // Not every reader of addresses does: Chromium's takes a space in a host, and all leave out tabs and line ends.
  if (/\s/.test(typed)) return fail('proxy_invalid')
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`
  const url = parseUrl(address)
  if (url === undefined) return fail('proxy_invalid')
  const kind = kinds[url.protocol]
  if (kind === undefined) return fail('proxy_unsupported', { proxy: `${url.protocol}//${url.host}` })
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === '' || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return fail('proxy_invalid')
  const proxy = { kind, host, port: url.port === '' ? defaultPorts[kind] : Number(url.port) }
  if (url.username === '' && url.password === '') return ok(proxy)
  const name = decoded(url.username)
  const password = decoded(url.password)
  if (name === undefined || password === undefined) return fail('proxy_invalid')
  return ok({ ...proxy, login: { name, password } })
}

/** A proxy as people read it: host and port. */
export const shownProxy = ({ host, port }: ProxyServer): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
