import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A mouse of a Wayland session. */
export interface WaylandPointer {
  /** Moves to a place on a screen of this size and clicks there with the left button. */
  click(x: number, y: number, width: number, height: number): Promise<void>
  end(): void
}

const manager = 'zwlr_virtual_pointer_manager_v1'
const leftButton = 0x110
/** Object ids that this client gives: the display's is 1 by the protocol. */
const ids = { display: 1, registry: 2, manager: 3, pointer: 4 } as const
/** A compositor tells a client about the window under the pointer only after a frame of its own. In milliseconds. */
const pause = 400

/**
 * Connects to a compositor as a program that moves the mouse: a few messages of the Wayland protocol (wayland.xml,
 * wlr-virtual-pointer-unstable-v1.xml), for Debian has no program that does so.
 * @param socketPath the compositor's socket
 */
export const connectPointer = async (socketPath: string): Promise<WaylandPointer> => {
  const socket = connect(socketPath)
  const send = (object: number, opcode: number, ...args: readonly Buffer[]): void => {
    const body = Buffer.concat(args)
    const head = Buffer.concat([number(object), number(((8 + body.length) << 16) | opcode)])
    socket.write(Buffer.concat([head, body]))
  }
  const name = await new Promise<number>((resolve, reject) => {
    let received = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      for (;;) {
        const size = received.length < 8 ? 0 : received.readUInt32LE(4) >>> 16
        if (size === 0 || received.length < size) return
        const message = received.subarray(0, size)
        received = received.subarray(size)
        // The registry tells of each global: its name, its interface.
        const isGlobal = message.readUInt32LE(0) === ids.registry && (message.readUInt32LE(4) & 0xffff) === 0
        if (isGlobal && message.subarray(16).toString('latin1').startsWith(manager)) resolve(message.readUInt32LE(8))
      }
    })
    send(ids.display, 1, number(ids.registry))
  })
  send(ids.registry, 0, number(name), text(manager), number(1), number(ids.manager))
  // Of no certain seat.
  send(ids.manager, 0, number(0), number(ids.pointer))
  const frame = (): void => send(ids.pointer, 4)
  const time = (): Buffer => number(Math.floor(performance.now()))
  return {
    click: async (x, y, width, height) => {
      send(ids.pointer, 1, time(), number(x), number(y), number(width), number(height))
      frame()
      await delay(pause)
      for (const state of [1, 0]) {
        send(ids.pointer, 2, time(), number(leftButton), number(state))
        frame()
      }
    },
    end: () => void socket.destroy(),
  }
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

/** Its length with the closing zero, the text, and zeros up to a multiple of four. */
const text = (value: string): Buffer => {
  const bytes = Buffer.from(`${value}\0`, 'latin1')
  return Buffer.concat([number(bytes.length), bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}
