import type { Socket } from 'node:net'

/**
 * Reads lines of UTF-8 from a socket. Ends when the socket ends, or at a line that is too long.
 * @param longest the most characters in a line
 */
export async function* readLines(socket: Socket, longest: number): AsyncGenerator<string, void> {
  socket.setEncoding('utf8')
  /** The current line so far, in pieces: joining and searching them for each chunk would take quadratic time. */
  let pieces: string[] = []
  let length = 0
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      const [rest = '', ...lines] = String(chunk).split('\n').reverse()
      for (const end of lines.reverse()) {
        if (length + end.length > longest) return
        yield pieces.join('') + end
        pieces = []
        length = 0
      }
      pieces.push(rest)
      length += rest.length
      if (length > longest) return
    }
  } catch {
    // The other side has disconnected, which is an end like any other.
  }
}

/** The first line; undefined when there is none. */
export const readLine = async (socket: Socket, longest: number): Promise<string | undefined> => {
  for await (const line of readLines(socket, longest)) return line
  return undefined
}
