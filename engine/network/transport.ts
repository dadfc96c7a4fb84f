import { setMaxListeners } from 'node:events'
import { Agent, type Dispatcher } from 'undici'
import type { Failure } from '../../common/contract/failure.ts'
import type { NetworkSettings } from '../../common/preferences/network-settings.ts'
import { type ProxyServer, shownProxy } from '../../common/preferences/proxy.ts'
import { createConnect, proxyFailure } from './connect.ts'
import { dispatchRequest, type Reception, type ResponseHead } from './dispatch-request.ts'
import type { Environment } from './environment-proxy.ts'
import { proxyAuthorization } from './open-tunnel.ts'
import { lookUpPublic } from './private-address.ts'
import { RouteFailure } from './route.ts'
import { createRouteFinder, type RouteFinder } from './route-finder.ts'
import { createTrust } from './trust.ts'

/** One request as it goes over the wire. */
export interface Outgoing extends Reception {
  readonly url: URL
  readonly method: Dispatcher.HttpMethod
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** A long poll, which waits beside the other requests and not before them. */
  readonly isHeld: boolean
  /** Never opens a connection to a private address, whatever the host's name resolves to. */
  readonly isPublicOnly: boolean
}

/** All connections made under the same network settings. */
export interface Transport {
  /** Resolves when the answer is over. */
  send(outgoing: Outgoing): Promise<ResponseHead>
  /** How many connections to an origin were ever made. */
  connectionsTo(origin: string): number
  readonly failures: Promise<readonly Failure[]>
  /** Lets what is under way end, then closes. */
  retire(): Promise<void>
  end(): Promise<void>
}

export interface TransportOptions {
  readonly settings: NetworkSettings
  readonly resolveProxy: ((url: string) => Promise<string>) | undefined
  readonly environment: Environment
  readonly now: () => number
  /** The most bytes an answer's headers may have. */
  readonly largestHeaders: number
  /** How long one step of connecting may take, in milliseconds. */
  readonly timeout: number
}

/**
 * Connections stay open for 90 s unless the forum says less, so that questions every 60 s, and every 29 s, find theirs
 * again. Timeouts of undici are off: each request has a deadline over all of it.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const { settings, resolveProxy, environment, now, largestHeaders, timeout } = options
  const ending = new AbortController()
  // Every connection listens for the end.
  setMaxListeners(0, ending.signal)
  const trust = createTrust(settings.certificates, environment)
  const routes = createRouteFinder({ proxy: settings.proxy, resolveProxy, environment, now })
  const connecting = { routes, secureContext: trust.context, timeout, signal: ending.signal }
  const connect = createConnect(connecting)
  const pool = {
    pipelining: 1,
    keepAliveTimeout: 90_000,
    maxHeaderSize: largestHeaders,
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  const ordinary = new Agent({ ...pool, connections: 4, connect: connect.toForum })
  const held = new Agent({ ...pool, connections: null, connect: connect.toForum })
  const forwarding = new Agent({ ...pool, connections: null, connect: connect.toProxy })
  const publicOnly = new Agent({
    ...pool,
    connections: 2,
    connect: createConnect({ ...connecting, lookup: lookUpPublic }).toForum,
  })
  const agents = [ordinary, held, forwarding, publicOnly]

  const made = new Map<string, number>()
  ordinary.on('connect', ({ origin }) => made.set(origin, (made.get(origin) ?? 0) + 1))

  return {
    failures: trust.failures,
    connectionsTo: (origin) => made.get(origin) ?? 0,
    send: async (outgoing) => {
      const { url, method, headers, body, isHeld, isPublicOnly } = outgoing
      const proxy = url.protocol === 'http:' ? await forwardingProxy(routes, url, outgoing.signal) : undefined
      if (proxy !== undefined) {
        return forward(forwarding, proxy, outgoing).catch((error: unknown) => {
          routes.forget(url)
          throw error
        })
      }
      const agent = isPublicOnly ? publicOnly : isHeld ? held : ordinary
      const request = { method, headers, body: body ?? null, origin: url.origin, path: url.pathname + url.search }
      return dispatchRequest(agent, request, outgoing)
    },
    retire: async () => {
      await Promise.all(agents.map((agent) => agent.close()))
    },
    end: async () => {
      await Promise.all(agents.map((agent) => agent.destroy()))
      ending.abort()
    },
  }
}

/**
 * The HTTP proxy for an address without encryption, if that is the way: it wants to see the request itself and often
 * refuses tunnels to port 80 (RFC 9112, section 3.2.2).
 */
const forwardingProxy = async (
  routes: RouteFinder,
  url: URL,
  signal: AbortSignal,
): Promise<ProxyServer | undefined> => {
  const found = await unlessAborted(routes.find(url), signal)
  const first = found.ok ? found.value[0] : undefined
  return first?.kind === 'http' || first?.kind === 'https' ? first : undefined
}

const forward = async (agent: Agent, proxy: ProxyServer, outgoing: Outgoing): Promise<ResponseHead> => {
  const { url, method, body = null, signal } = outgoing
  const origin = `${proxy.kind}://${shownProxy(proxy)}`
  const headers = { ...outgoing.headers, host: url.host, ...proxyAuthorization(proxy) }
  const request = { method, headers, body, origin, path: url.href }
  let hasBegun = false
  const onHead = (): void => {
    hasBegun = true
    outgoing.onHead?.()
  }
  const answer = await dispatchRequest(agent, request, { ...outgoing, onHead }).catch((error: unknown) => {
    if (signal.aborted || hasBegun) throw error
    throw new RouteFailure(proxyFailure(error, proxy))
  })
  if (answer.status !== 407) return answer
  throw new RouteFailure({ code: 'proxy_auth', params: { proxy: shownProxy(proxy), host: url.host } })
}

/** The desktop may answer late or never; the deadline holds for that as well. */
const unlessAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    promise.then(resolve, reject)
  })
