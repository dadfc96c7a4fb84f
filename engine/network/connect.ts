import type { LookupFunction, Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { type ProxyServer, shownProxy } from '../../common/preferences/proxy.ts'
import { networkFailure } from './network-failure.ts'
import { openTunnel } from './open-tunnel.ts'
import type { Route } from './route.ts'
import { RouteFailure } from './route.ts'
import type { RouteFinder } from './route-finder.ts'

type Target = buildConnector.Options
type Open = (target: Target) => Promise<Socket>

export interface ConnectOptions {
  readonly routes: RouteFinder
  readonly secureContext: () => Promise<SecureContext>
  /** How long one step (reaching a proxy, its answer, reaching the forum) may take, in milliseconds. */
  readonly timeout: number
  /** Resolves the names of forums; Node's own way unless given. A proxy resolves them itself. */
  readonly lookup?: LookupFunction
  /** Ends every connection made here, the half-made ones as well. */
  readonly signal: AbortSignal
}

/** How undici gets its connections: to forums by whatever way leads there, and to a proxy itself. */
export interface Connect {
  readonly toForum: buildConnector.connector
  readonly toProxy: buildConnector.connector
}

/** Makes connections through proxies and with our own trust; a connection that cannot be trusted is never made. */
export const createConnect = ({
  routes,
  secureContext,
  timeout: stepTimeout,
  lookup,
  signal,
}: ConnectOptions): Connect => {
  /** Opens one connection without any proxy, or, over `httpSocket`, the encryption inside a tunnel. */
  const opener = (timeout: number, resolve: LookupFunction | undefined): Open => {
    const step = { timeout, signal, ...(resolve === undefined ? {} : { lookup: resolve }) }
    const plain = promised(buildConnector(step))
    let secure: Promise<Open> | undefined
    const build = async (): Promise<Open> => {
      const context = await secureContext()
      // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some profile script cannot take it away.
      const trust = { secureContext: context, rejectUnauthorized: true }
      return promised(buildConnector({ ...trust, ...step, maxCachedSessions: 1000 }))
    }
    return async (target) => {
      if (target.protocol !== 'https:') return plain(target)
      secure ??= build()
      return (await secure)(target)
    }
  }
  const open = opener(stepTimeout, lookup)
  // Half the time, so that a proxy which does not answer is blamed and not the forum.
  const openToProxy = opener(stepTimeout / 2, undefined)

  const openProxy = async (proxy: ProxyServer): Promise<Socket> => {
    const { host, port } = proxy
    const protocol = proxy.kind === 'https' ? 'https:' : 'http:'
    try {
      return await openToProxy({ protocol, host: shownProxy(proxy), hostname: host, port: String(port) })
    } catch (error) {
      throw new RouteFailure(proxyFailure(error, proxy))
    }
  }

  const openBy = async (route: Route, target: Target): Promise<Socket> => {
    if (route.kind === 'direct') return open(target)
    const socket = await openProxy(route)
    try {
      const end = { host: target.hostname, port: Number(target.port) || (target.protocol === 'https:' ? 443 : 80) }
      const tunnel = await openTunnel(socket, route, end, stepTimeout)
      return target.protocol === 'https:' ? await open({ ...target, httpSocket: tunnel }) : tunnel
    } catch (error) {
      socket.destroy()
      throw error
    }
  }

  const openToForum = async (target: Target): Promise<Socket> => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`)
    const found = await routes.find(url)
    if (!found.ok) throw new RouteFailure(found.failure)
    let last: unknown
    for (const route of found.value) {
      try {
        return await openBy(route, target)
      } catch (error) {
        last = error
        // The next way is for when a proxy is away, as browsers do it; not for when it says no.
        if (!(error instanceof RouteFailure && error.failure.code === 'proxy_failed')) break
      }
    }
    routes.forget(url)
    throw last
  }

  return { toForum: asConnector(openToForum), toProxy: asConnector(openToProxy) }
}

/** Why a proxy could not be reached; what is wrong with its certificate is said like that of a forum. */
export const proxyFailure = (error: unknown, proxy: ProxyServer) => {
  const failure = networkFailure(error, shownProxy(proxy), 0)
  return failure.code.startsWith('tls_')
    ? failure
    : ({ code: 'proxy_failed', params: { proxy: shownProxy(proxy) } } as const)
}

const promised =
  (connect: buildConnector.connector): Open =>
  (target) =>
    new Promise((resolve, reject) => {
      connect(target, (...[error, socket]) => {
        if (error === null) resolve(socket)
        else reject(error)
      })
    })

const asConnector =
  (open: Open): buildConnector.connector =>
  (target, callback) => {
    open(target).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
