import type { Agent } from 'node:http'
import type { Failure } from '../../common/contract/failure.ts'
import type { NetworkSettings } from '../../common/preferences/network-settings.ts'
import { type ProxyServer, shownProxy } from '../../common/preferences/proxy.ts'
import { createAgentPool } from './agent-pool.ts'
import type { Cancellation } from './cancellation.ts'
import { connectToForums, connectToProxies, proxyFailure, proxyOrigin } from './connect.ts'
import type { Environment } from './environment-proxy.ts'
import { createSocketOpener } from './open-socket.ts'
import { proxyAuthorization } from './open-tunnel.ts'
import { lookUpPublic } from './private-address.ts'
import { RouteFailure } from './route.ts'
import { createRouteFinder, type RouteFinder } from './route-finder.ts'
import { KeptConnectionLost, type Reception, type Request, type ResponseHead, sendRequest } from './send-request.ts'
import { createTrust } from './trust.ts'

/** One request as it goes over the wire. */
export interface Outgoing extends Reception {
  readonly url: URL
  readonly method: Request['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** A long poll, which uses connections of its own so that it never delays other requests. */
  readonly isHeld: boolean
  /** Never connects to a private address, whatever the host name resolves to. */
  readonly isPublicOnly: boolean
}

/** All connections with the same network settings. */
export interface Transport {
  /** Resolves when the whole response has been received. */
  send(outgoing: Outgoing): Promise<ResponseHead>
  readonly failures: Promise<readonly Failure[]>
  /** Waits for pending requests, then closes. */
  retire(): Promise<void>
  end(): void
}

export interface TransportOptions {
  readonly settings: NetworkSettings
  readonly resolveProxy: ((url: string) => Promise<string>) | undefined
  readonly environment: Environment
  readonly now: () => number
  /** How long one step of connecting may take, in milliseconds. */
  readonly timeout: number
}

/** Socket timeouts only apply to idle connections: each request has a deadline of its own. */
export const createTransport = (options: TransportOptions): Transport => {
  const { settings, resolveProxy, environment, now, timeout } = options
  const trust = createTrust(settings.certificates, environment)
  const routes = createRouteFinder({ proxy: settings.proxy, resolveProxy, environment, now })
  const sockets = createSocketOpener()
  const connecting = { routes, secureContext: trust.context, timeout, sockets }
  const toForums = connectToForums(connecting)
  const forums = createAgentPool(toForums)
  // Polls have their own pool: otherwise other requests would take their connections, and polls would open new ones.
  const held = createAgentPool(toForums)
  const publicOnly = createAgentPool(connectToForums(connecting, lookUpPublic))
  const proxies = createAgentPool(connectToProxies(connecting))
  const underWay = new Set<Promise<unknown>>()

  const sendBy = async (outgoing: Outgoing): Promise<ResponseHead> => {
    const { url, method, body, isPublicOnly, isHeld } = outgoing
    const proxy = url.protocol === 'http:' ? await forwardingProxy(routes, url, outgoing.cancellation) : undefined
    if (proxy === undefined) {
      const headers = { host: url.host, ...outgoing.headers }
      const request = { method, path: url.pathname + url.search, headers, body }
      const pool = isPublicOnly ? publicOnly : isHeld ? held : forums
      return await sendRequest(pool.of(url), request, outgoing)
    }
    try {
      return await forward(proxies.of(proxyOrigin(proxy)), proxy, outgoing)
    } catch (error) {
      routes.forget(url)
      throw error
    }
  }

  /**
   * A forum may close a kept-alive connection just as the next request is sent on it. Repeating a request that changes
   * nothing is harmless (RFC 9112, section 9.3.1); it is repeated once at most.
   */
  const send = async (outgoing: Outgoing): Promise<ResponseHead> => {
    const isRepeatable = (outgoing.method === 'GET' || outgoing.method === 'HEAD') && !outgoing.isHeld
    try {
      return await sendBy(outgoing)
    } catch (error) {
      if (!isRepeatable || !(error instanceof KeptConnectionLost) || outgoing.cancellation.reason !== undefined)
        throw error
      return await sendBy(outgoing)
    }
  }

  return {
    failures: trust.failures,
    send: (outgoing) => {
      const sent = send(outgoing)
      const forget = (): void => void underWay.delete(sent)
      underWay.add(sent)
      sent.then(forget, forget)
      return sent
    },
    retire: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay)
      sockets.end()
    },
    end: sockets.end,
  }
}

/**
 * The HTTP proxy for an unencrypted URL, if the route leads through one: it expects the request itself and often
 * refuses tunnels to port 80 (RFC 9112, section 3.2.2).
 */
const forwardingProxy = async (
  routes: RouteFinder,
  url: URL,
  cancellation: Cancellation,
): Promise<ProxyServer | undefined> => {
  const found = await unlessCancelled(routes.find(url), cancellation)
  const first = found.ok ? found.value[0] : undefined
  return first?.kind === 'http' || first?.kind === 'https' ? first : undefined
}

const forward = async (agent: Agent, proxy: ProxyServer, outgoing: Outgoing): Promise<ResponseHead> => {
  const { url, cancellation } = outgoing
  const headers = { ...outgoing.headers, host: url.host, ...proxyAuthorization(proxy) }
  let hasBegun = false
  const onHead = (): void => {
    hasBegun = true
  }
  const request = { ...outgoing, headers, path: url.href }
  const answer = await sendRequest(agent, request, { ...outgoing, onHead }).catch((error: unknown) => {
    if (cancellation.reason !== undefined || hasBegun) throw error
    throw new RouteFailure(proxyFailure(error, proxy))
  })
  if (answer.status !== 407) return answer
  throw new RouteFailure({ code: 'proxy_auth', params: { proxy: shownProxy(proxy), host: url.host } })
}

/** The desktop may answer late or never; the deadline applies to that too. */
const unlessCancelled = <Value>(promise: Promise<Value>, cancellation: Cancellation): Promise<Value> =>
  new Promise((resolve, reject) => {
    cancellation.onCancel(() => reject(cancellation.reason))
    promise.then(resolve, reject)
  })
