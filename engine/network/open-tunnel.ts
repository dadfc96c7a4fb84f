import { request } from 'node:http'
import { isIPv6, type Socket } from 'node:net'
import { type ProxyServer, shownProxy } from '../../common/preferences/proxy.ts'
import { errorReason } from '../parsing/error-code.ts'
import { RouteFailure } from './route.ts'

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string
  readonly port: number
}

/**
 * Asks a proxy for a tunnel, over an open connection to it. The proxy resolves host names.
 * @param timeout milliseconds
 * @throws RouteFailure with `proxy_auth` or `proxy_refused`; TunnelTimeout
 */
export const openTunnel = (socket: Socket, proxy: ProxyServer, end: TunnelEnd, timeout: number): Promise<Socket> =>
  proxy.kind === 'socks4' || proxy.kind === 'socks5'
    ? openSocks(socket, proxy, proxy.kind, end, timeout)
    : openConnect(socket, proxy, end, timeout)

/** The header for a proxy with a password (RFC 7617). */
export const proxyAuthorization = ({ login }: ProxyServer): Readonly<Record<string, string>> =>
  login === undefined
    ? {}
    : { 'proxy-authorization': `Basic ${Buffer.from(`${login.name}:${login.password}`).toString('base64')}` }

/** HTTP CONNECT (RFC 9110, section 9.3.6). */
const openConnect = (socket: Socket, proxy: ProxyServer, end: TunnelEnd, timeout: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authority = `${isIPv6(end.host) ? `[${end.host}]` : end.host}:${end.port}`
    const asked = request({
      method: 'CONNECT',
      path: authority,
      // By default Node sends `Connection: close`, which some proxies apply to the tunnel.
      headers: { host: authority, connection: 'keep-alive', ...proxyAuthorization(proxy) },
      createConnection: () => socket,
    })
    socket.setTimeout(timeout, () => socket.destroy(new TunnelTimeout()))
    asked.once('error', (error) => {
      const reason = errorReason(error)
      const params = { proxy: shownProxy(proxy), host: end.host, reason }
      reject(error instanceof TunnelTimeout ? error : new RouteFailure({ code: 'proxy_refused', params }))
    })
    asked.once('connect', ({ statusCode = 0 }, _socket, head: Buffer) => {
      socket.setTimeout(0)
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      } else {
        socket.destroy()
        const params = { proxy: shownProxy(proxy), host: end.host }
        reject(
          new RouteFailure(
            statusCode === 407
              ? { code: 'proxy_auth', params }
              : { code: 'proxy_refused', params: { ...params, reason: statusCode } },
          ),
        )
      }
    })
    asked.end()
  })

/** SOCKS (RFC 1928, RFC 1929; 4a for names in version 4). */
const openSocks = async (
  socket: Socket,
  proxy: ProxyServer,
  kind: 'socks4' | 'socks5',
  end: TunnelEnd,
  timeout: number,
): Promise<Socket> => {
  const { login } = proxy
  // Loaded on demand: few users need it, and it is as much code as the rest of this folder.
  const { SocksClient } = await import('socks')
  try {
    const opened = await SocksClient.createConnection({
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: kind === 'socks4' ? 4 : 5,
        ...(login === undefined ? {} : { userId: login.name, password: login.password }),
      },
      command: 'connect',
      destination: end,
      existing_socket: socket,
      timeout,
    })
    return opened.socket
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    const params = { proxy: shownProxy(proxy), host: end.host }
    throw new RouteFailure(
      /auth/i.test(reason) ? { code: 'proxy_auth', params } : { code: 'proxy_refused', params: { ...params, reason } },
    )
  }
}

/** The proxy accepted the connection and then did not respond. */
class TunnelTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}
