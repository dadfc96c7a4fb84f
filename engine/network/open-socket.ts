import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'

/** Where a connection leads. */
export interface SocketTarget {
  /** A name, or an IP address without brackets. */
  readonly host: string
  readonly port: number
  /** The encryption, where there is one. */
  readonly secure?: {
    readonly context: SecureContext
    /** The connection inside which it is made, such as a tunnel; a new one unless given. */
    readonly inside?: Socket
  }
}

export interface OpenSocketOptions {
  /** How long it may take, in milliseconds. */
  readonly timeout: number
  /** Resolves names; Node's own way unless given. */
  readonly lookup?: LookupFunction | undefined
}

/** The owner of all connections of a transport, half-made ones as well. */
export interface SocketOpener {
  /**
   * Resolves once the connection can be used.
   * @throws Node's errors; `ConnectTimeout`
   */
  open(target: SocketTarget, options: OpenSocketOptions): Promise<Socket>
  /** Ends all of them; none is made from then on. */
  end(): void
}

/** A connection was not made in time. */
class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}

/** After so long without traffic the other side is asked whether it is still there, in milliseconds. */
const probeDelay = 60_000
/** So many servers' sessions are kept, with which the next handshake is a short one (RFC 8446, 2.2). */
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
      // An address has no place in the handshake (RFC 6066, section 3).
      servername: isIP(host) === 0 ? host : '',
      ALPNProtocols: ['http/1.1'],
      secureContext: secure.context,
      // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some profile script cannot take it away.
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
          // Whoever uses it may not listen yet when it breaks.
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
