import type { AddressInfo, Server, Socket } from 'node:net'

/**
 * Has a server listen on a free port of the loopback interface.
 * @param sockets the open connections, which `stop` ends with the server
 * @returns `host` as `127.0.0.1:port`
 */
export const listenOnLoopback = async (server: Server, sockets: Iterable<Socket>) => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
