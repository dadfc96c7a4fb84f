import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Finds a port of the loopback interface that may be given back and taken again: it is below those that systems hand out to
 * whoever asks for any port (from 32768 up on Linux, from 49152 up elsewhere), as other tests do all the time.
 */
export const findUnusedPort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
