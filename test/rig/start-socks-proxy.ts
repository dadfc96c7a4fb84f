import { connect, createServer, type Socket } from 'node:net'
import { listenOnLoopback } from './listen-on-loopback.ts'

/** A SOCKS5 proxy on the loopback interface, as small as RFC 1928 and RFC 1929 allow. Any host is on this computer. */
export interface SocksProxyRig {
  /** `127.0.0.1:port` */
  readonly host: string
  /** `host:port` of what was asked for, by name. */
  readonly asked: string[]
  stop(): Promise<void>
}

const granted = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
const notAllowed = Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0])

/**
 * @param options.login the name and password it asks for, as `name:password`
 * @param options.refuses turns every request away
 */
export const startSocksProxy = async (
  options: { readonly login?: string; readonly refuses?: boolean } = {},
): Promise<SocksProxyRig> => {
  const asked: string[] = []
  const sockets = new Set<Socket>()

  const converse = async (socket: Socket): Promise<void> => {
    await once(socket)
    if (options.login !== undefined) {
      socket.write(Buffer.from([5, 2]))
      const given = await once(socket)
      const length = given[1] ?? 0
      const name = given.subarray(2, 2 + length).toString()
      const password = given.subarray(3 + length).toString()
      const isRight = `${name}:${password}` === options.login
      socket.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return void socket.end()
    } else {
      socket.write(Buffer.from([5, 0]))
    }
    const wish = await once(socket)
    // Address type 3 is a name, with its length before it.
    const length = wish[4] ?? 0
    const port = wish.readUInt16BE(5 + length)
    asked.push(`${wish.subarray(5, 5 + length).toString()}:${port}`)
    if (options.refuses === true) return void socket.end(notAllowed)
    const onward = connect(port, '127.0.0.1', () => {
      socket.write(granted)
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    void converse(socket)
  })
  return { ...(await listenOnLoopback(server, sockets)), asked }
}

const once = (socket: Socket): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve))
