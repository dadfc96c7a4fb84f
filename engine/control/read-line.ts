import type { Socket } from 'node:net'
import { longestLine } from './control-protocol.ts'

/** Reads one line of UTF-8 from a socket; undefined when the socket ends before, or the line is too long. */
export const readLine = (socket: Socket): Promise<string | undefined> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > longestLine) resolve(undefined)
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
