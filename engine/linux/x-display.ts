import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import * as path from 'node:path'

/** Milliseconds for connecting and for each answer. */
const deadline = 3000

/** A connection to an X11 display, with as much of the protocol as two questions take (X Window System Protocol, X11R7). */
export interface XDisplay {
  /** Which of the display's screens `DISPLAY` names. */
  readonly screen: number
  /** What the server said of itself. */
  readonly setup: Buffer
  /** Sends a request that has no answer. */
  send(request: Buffer): void
  /** Sends one that has an answer of 32 bytes, and gives that; rejects where the server refuses or does not answer. */
  ask(request: Buffer): Promise<Buffer>
  end(): void
}

/**
 * Connects to the display of this computer that `DISPLAY` names, with the cookie that its session has left for its programs.
 * @param home where `.Xauthority` is, unless the environment says otherwise
 * @returns undefined where there is none, or none that lets us in
 */
export const openXDisplay = async (environment: NodeJS.ProcessEnv, home: string): Promise<XDisplay | undefined> => {
  const [, number, screen = '0'] = /^(?:unix)?:(\d+)(?:\.(\d+))?$/.exec(environment['DISPLAY'] ?? '') ?? []
  if (number === undefined) return undefined
  try {
    const file = environment['XAUTHORITY'] || path.join(home, '.Xauthority')
    const cookie = readCookie(await readFile(file).catch(() => Buffer.alloc(0)), number)
    return await converse(`/tmp/.X11-unix/X${number}`, Number(screen), cookie)
  } catch {
    return undefined
  }
}

/** The number that stands for a name, 0 when nobody has used it (request InternAtom, only if it exists). */
export const internAtom = async (display: XDisplay, name: string, onlyIfExists = true): Promise<number> => {
  const text = padded(Buffer.from(name, 'latin1'))
  const head = Buffer.from([16, onlyIfExists ? 1 : 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt16LE(2 + text.length / 4, 2)
  head.writeUInt16LE(name.length, 4)
  return (await display.ask(Buffer.concat([head, text]))).readUInt32LE(8)
}

/** The window that owns a selection, 0 for none (request GetSelectionOwner). */
export const selectionOwner = async (display: XDisplay, atom: number): Promise<number> => {
  const request = Buffer.from([23, 0, 2, 0, 0, 0, 0, 0])
  request.writeUInt32LE(atom, 4)
  return (await display.ask(request)).readUInt32LE(8)
}

const converse = async (socketPath: string, screen: number, cookie: Buffer | undefined): Promise<XDisplay> => {
  const socket = connect(socketPath)
  socket.setTimeout(deadline, () => socket.destroy(new Error('no answer')))
  const bytes = socket.iterator({ destroyOnReturn: false })
  let received = Buffer.alloc(0)
  const take = async (length: number): Promise<Buffer> => {
    while (received.length < length) {
      const next = await bytes.next()
      if (next.done === true || !Buffer.isBuffer(next.value)) throw new Error('hung up')
      received = Buffer.concat([received, next.value])
    }
    const taken = received.subarray(0, length)
    received = received.subarray(length)
    return taken
  }
  try {
    socket.write(hello(cookie))
    const head = await take(8)
    const setup = Buffer.concat([head, await take(head.readUInt16LE(6) * 4)])
    if (head[0] !== 1) throw new Error('refused')
    return {
      screen,
      setup,
      send: (request) => void socket.write(request),
      ask: async (request) => {
        socket.write(request)
        const answer = await take(32)
        if (answer[0] !== 1) throw new Error('refused')
        return answer
      },
      end: () => socket.destroy(),
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

const protocol = 'MIT-MAGIC-COOKIE-1'

/** The first words of a client: least significant byte first, version 11.0, and the cookie. */
const hello = (cookie: Buffer | undefined): Buffer => {
  const head = Buffer.alloc(12)
  head.write('l', 'latin1')
  head.writeUInt16LE(11, 2)
  head.writeUInt16LE(cookie === undefined ? 0 : protocol.length, 6)
  head.writeUInt16LE(cookie?.length ?? 0, 8)
  return cookie === undefined ? head : Buffer.concat([head, padded(Buffer.from(protocol, 'latin1')), padded(cookie)])
}

/** The cookie for a display, from a file of libXau's format: for each display family, address, number, protocol, cookie. */
const readCookie = (file: Buffer, display: string): Buffer | undefined => {
  let at = 0
  const field = (): Buffer => {
    const end = at + 2 + file.readUInt16BE(at)
    const value = file.subarray(at + 2, end)
    at = end
    return value
  }
  while (at < file.length) {
    at += 2
    field()
    const [number, name, cookie] = [field().toString('latin1'), field().toString('latin1'), field()]
    if (name === protocol && (number === '' || number === display)) return cookie
  }
  return undefined
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
