import type { LookupFunction, Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { type ProxyServer, shownProxy } from '../../common/preferences/proxy.ts'
import { networkFailure } from './network-failure.ts'
import type { SocketOpener } from './open-socket.ts'
import { openTunnel } from './open-tunnel.ts'
import { type Route, RouteFailure } from './route.ts'
import type { RouteFinder } from './route-finder.ts'

/** Opens a connection to an origin, ready for HTTP/1.1. */
export type Connect = (origin: URL) => Promise<Socket>

export interface ConnectOptions {
  readonly routes: RouteFinder
  readonly secureContext: () => Promise<SecureContext>
  readonly sockets: SocketOpener
  /** How long one step may take (reaching a proxy, its response, reaching the forum), in milliseconds. */
  readonly timeout: number
}

/**
 * Connects to forums directly or through proxies, trusting only our own set of authorities; never makes an untrusted
 * connection.
 * @param lookup resolves the forums' host names; by default Node's own. Proxies resolve them themselves
 */
export const connectToForums = (options: ConnectOptions, lookup?: LookupFunction): Connect => {
  const { routes, timeout } = options
  const connectToProxy = connectToProxies(options)

  const openBy = async (route: Route, origin: URL): Promise<Socket> => {
    if (route.kind === 'direct') return open(options, origin, { timeout, lookup })
    const socket = await openProxy(connectToProxy, route)
    try {
      const tunnel = await openTunnel(socket, route, { host: hostOf(origin), port: portOf(origin) }, timeout)
      return isSecure(origin) ? await open(options, origin, { timeout }, tunnel) : tunnel
    } catch (error) {
      socket.destroy()
      throw error
    }
  }

  return async (origin) => {
    const found = await routes.find(origin)
    if (!found.ok) throw new RouteFailure(found.failure)
    let last: unknown
    for (const route of found.value) {
      try {
        return await openBy(route, origin)
      } catch (error) {
        last = error
        // As in browsers, the next route is tried when a proxy cannot be reached, but not when it refuses.
        if (!(error instanceof RouteFailure && error.failure.code === 'proxy_failed')) break
      }
    }
    routes.forget(origin)
    throw last
  }
}

/** Connects to proxies themselves, with half the timeout, so that an unresponsive proxy is blamed and not the forum. */
export const connectToProxies =
  (options: ConnectOptions): Connect =>
  (origin) =>
    open(options, origin, { timeout: options.timeout / 2 })

/** The origin of a proxy, for connecting to it and for requests that it forwards. */
export const proxyOrigin = (proxy: ProxyServer): URL =>
  new URL(`${proxy.kind === 'https' ? 'https' : 'http'}://${shownProxy(proxy)}`)

const openProxy = async (connectToProxy: Connect, proxy: ProxyServer): Promise<Socket> => {
  try {
    return await connectToProxy(proxyOrigin(proxy))
  } catch (error) {
    throw new RouteFailure(proxyFailure(error, proxy))
  }
}

/** Why a proxy could not be reached; problems with its certificate are reported like those of a forum. */
export const proxyFailure = (error: unknown, proxy: ProxyServer) => {
  const failure = networkFailure(error, shownProxy(proxy), 0)
  return failure.code.startsWith('tls_')
    ? failure
    : ({ code: 'proxy_failed', params: { proxy: shownProxy(proxy) } } as const)
}

const open = async (
  { sockets, secureContext }: ConnectOptions,
  origin: URL,
  how: Parameters<SocketOpener['open']>[1],
  inside?: Socket,
): Promise<Socket> => {
  const place = { host: hostOf(origin), port: portOf(origin) }
  if (!isSecure(origin)) return await sockets.open(place, how)
  const secure = { context: await secureContext(), ...(inside === undefined ? {} : { inside }) }
  return await sockets.open({ ...place, secure }, how)
}

const isSecure = ({ protocol }: URL): boolean => protocol === 'https:'
const portOf = (origin: URL): number => Number(origin.port) || (isSecure(origin) ? 443 : 80)
/** Without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')
