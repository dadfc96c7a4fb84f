import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { ServerCertificate } from './authority.ts'
import { listenOnLoopback } from './listen-on-loopback.ts'

/** What a proxy does with the requests it gets. */
export interface ProxyOptions {
  /** Asks for this name and password, as `name:password`. */
  readonly login?: string
  /** Answers every CONNECT with this status; `silent` answers nothing. */
  readonly refuses?: number | 'silent'
  /** Speaks TLS itself. */
  readonly tls?: ServerCertificate
}

/** A proxy on the loopback interface. Whatever host it is asked for, it looks for on this computer. */
export interface ProxyRig {
  /** `127.0.0.1:port` */
  readonly host: string
  /** What it was asked for: `CONNECT host:port`, or `GET http://host/path` for forwarded requests. */
  readonly asked: string[]
  /** Headers of the last request to the proxy itself. */
  lastHeaders(): IncomingMessage['headers']
  stop(): Promise<void>
}

export const startProxy = async ({ login, refuses, tls }: ProxyOptions = {}): Promise<ProxyRig> => {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let headers: IncomingMessage['headers'] = {}
  const isWelcome = (asking: IncomingMessage): boolean => {
    asked.push(`${asking.method} ${asking.url}`)
    headers = asking.headers
    const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
    return wanted === undefined || asking.headers['proxy-authorization'] === wanted
  }
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('request', (asking, answer) => {
    if (!isWelcome(asking)) {
      answer.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end()
      return
    }
    const { port, pathname, search } = new URL(asking.url ?? '')
    const onward = request(
      { host: '127.0.0.1', port, path: pathname + search, method: asking.method, headers: asking.headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers)
        got.pipe(answer)
      },
    )
    asking.pipe(onward)
  })
  server.on('connect', (asking: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    const status = isWelcome(asking) ? refuses : 407
    if (status === 'silent') return
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const onward = connect(Number(new URL(`http://${asking.url}`).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  return { ...(await listenOnLoopback(server, sockets)), asked, lastHeaders: () => headers }
}
