import { connect } from 'node:net'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How long a display may take to come up when this program starts at login, in milliseconds. */
const startTimeout = 20_000
const lookInterval = 250

/**
 * Whether a Linux session has a display that can be connected to. Without one Electron ends with a segmentation fault
 * and a core dump (seen with 33.2.1), so this is checked before Electron gets ready.
 * @param mayWait at login the display may come up a moment later than this program
 */
export const displayIsThere = async (environment: NodeJS.ProcessEnv, mayWait: boolean): Promise<boolean> => {
  const sockets = displaySockets(environment)
  const end = performance.now() + (mayWait ? startTimeout : 0)
  for (;;) {
    const answers = await Promise.all(sockets.map((socket) => socket === 'remote' || accepts(socket)))
    if (answers.includes(true)) return true
    if (sockets.length === 0 || performance.now() >= end) return false
    await delay(lookInterval)
  }
}

/** The sockets of the displays that the environment names; `remote` for one that only X itself can reach. */
const displaySockets = (environment: NodeJS.ProcessEnv): readonly string[] => {
  const { WAYLAND_DISPLAY: wayland, DISPLAY: x, XDG_RUNTIME_DIR: runtime } = environment
  const [, number] = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(x ?? '') ?? []
  return [
    ...(wayland ? [path.resolve(runtime ?? '/', wayland)] : []),
    ...(x ? [number === undefined ? 'remote' : `/tmp/.X11-unix/X${number}`] : []),
  ]
}

const accepts = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath)
    const end = (isThere: boolean) => (): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', end(true))
    socket.once('error', end(false))
  })
