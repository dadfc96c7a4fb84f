import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'

/** Where a connection leads. */
export interface SocketTarget {
  /** A name, or an IP address without brackets. */
  readonly host: string
  readonly port: number
  /** TLS options; absent for a plain connection. */
  readonly secure?: {
    readonly context: SecureContext
    /** An existing connection to run TLS over, such as a tunnel; by default a new one. */
    readonly inside?: Socket
  }
}

export interface OpenSocketOptions {
  /** How long connecting may take, in milliseconds. */
  readonly timeout: number
  /** Resolves host names; by default Node's own. */
  readonly lookup?: LookupFunction | undefined
}

/** Owns all connections of a transport, including those still being made. */
export interface SocketOpener {
  /**
   * Resolves once the connection can be used.
   * @throws Node's errors; `ConnectTimeout`
   */
  open(target: SocketTarget, options: OpenSocketOptions): Promise<Socket>
  /** Closes all connections; no more can be opened. */
  end(): void
}

/** A connection was not made in time. */
class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}

/** After how long without traffic TCP keep-alive probes begin, in milliseconds. */
const probeDelay = 60_000
/** How many servers' TLS sessions are kept, to resume them with a shorter handshake (RFC 8446, 2.2). */
const mostSessions = 1000

const ignore = (): void => undefined

export const createSocketOpener = (): SocketOpener => {
  const sockets = new Set<Socket>()
  const sessions = new Map<string, Buffer>()
  let hasEnded = false

  const rememberSession = (name: string, session: Buffer): void => {
    sessions.delete(name)
    sessions.set(name, session)
    const [oldest] = sessions.keys()
    if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest)
  }

  const begin = ({ host, port, secure }: SocketTarget, lookup: LookupFunction | undefined): Socket => {
    const place = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: probeDelay }
    const resolving = lookup === undefined ? {} : { lookup }
    if (secure === undefined) return connect({ ...place, ...resolving })
    const name = `${host}:${port}`
    const session = sessions.get(name)
    const socket = connectTls({
      ...place,
      ...resolving,
      ...(session === undefined ? {} : { session }),
      ...(secure.inside === undefined ? {} : { socket: secure.inside }),
      // IP addresses are not allowed in the handshake's server name (RFC 6066, section 3).
      servername: isIP(host) === 0 ? host : '',
      ALPNProtocols: ['http/1.1'],
      secureContext: secure.context,
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in a user's shell profile cannot disable it.
      rejectUnauthorized: true,
    })
    return socket.on('session', (next: Buffer) => rememberSession(name, next))
  }

  return {
    open: (target, { timeout, lookup }) =>
      new Promise((resolve, reject) => {
        if (hasEnded) return reject(new Error('Everything has ended'))
        const socket = begin(target, lookup)
        sockets.add(socket)
        const timer = setTimeout(() => socket.destroy(new ConnectTimeout()), timeout)
        socket.once(target.secure === undefined ? 'connect' : 'secureConnect', () => {
          clearTimeout(timer)
          // The connection may break before its user has added an error listener.
          socket.off('error', reject).on('error', ignore)
          resolve(socket)
        })
        socket.once('error', reject)
        socket.once('close', () => {
          clearTimeout(timer)
          sockets.delete(socket)
          reject(new Error('The connection was closed before it was made'))
        })
      }),
    end: () => {
      hasEnded = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
