import type { Socket } from 'node:net'

/**
 * Reads lines of UTF-8 from a socket. Ends where the socket does, and at a line that is too long.
 * @param longest the most characters of a line
 */
export async function* readLines(socket: Socket, longest: number): AsyncGenerator<string, void> {
  socket.setEncoding('utf8')
  let text = ''
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      text += chunk
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        yield text.slice(0, end)
        text = text.slice(end + 1)
      }
      if (text.length > longest) return
    }
  } catch {
    // The other side has gone, which is an end like any other.
  }
}

/** The first line; undefined when there is none. */
export const readLine = async (socket: Socket, longest: number): Promise<string | undefined> => {
  for await (const line of readLines(socket, longest)) return line
  return undefined
}
