import { connect, type NetConnectOpts } from 'node:net'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How long a display may take to come up when this program starts at login, in milliseconds. */
const startTimeout = 20_000
const lookInterval = 250
/** How long a display on another computer may take to answer, in milliseconds. */
const connectTimeout = 10_000

/**
 * Whether a Linux session has a display that can be connected to. Without one Electron ends with a segmentation fault
 * and a core dump (seen with 33.2.1), so this is checked before Electron gets ready.
 * @param mayWait at login the display may come up a moment later than this program
 */
export const displayIsThere = async (environment: NodeJS.ProcessEnv, mayWait: boolean): Promise<boolean> => {
  const sockets = displaySockets(environment)
  const end = performance.now() + (mayWait ? startTimeout : 0)
  for (;;) {
    const answers = await Promise.all(sockets.map(accepts))
    if (answers.includes(true)) return true
    if (sockets.length === 0 || performance.now() >= end) return false
    await delay(lookInterval)
  }
}

/** Where the displays that the environment names listen. */
const displaySockets = (environment: NodeJS.ProcessEnv): readonly NetConnectOpts[] => {
  const { WAYLAND_DISPLAY: wayland, DISPLAY: x, XDG_RUNTIME_DIR: runtime } = environment
  return [...(wayland ? [{ path: path.resolve(runtime ?? '/', wayland) }] : []), ...(x ? xSockets(x) : [])]
}

/**
 * `[protocol/][host]:number[.screen]` (man 7 X), or the path of a socket. What is neither names no display: Electron ends
 * with a segmentation fault on it as on one that is not there.
 */
const xSockets = (display: string): readonly NetConnectOpts[] => {
  if (display.startsWith('/')) return [{ path: display }]
  const [, protocol, host = '', digits] = /^(?:(\w+)\/)?(.*):(\d{1,5})(?:\.\d+)?$/.exec(display) ?? []
  if (digits === undefined) return []
  if (host !== '' && host !== 'unix' && protocol !== 'unix') {
    const port = 6000 + Number(digits)
    return port > 65_535 ? [] : [{ host: host.replace(/^\[(.*)\]$/, '$1'), port }]
  }
  const file = `/tmp/.X11-unix/X${digits}`
  // The first is Linux's abstract one, which is there without the file as well (X.Org's `-listen local`).
  return [{ path: `\0${file}` }, { path: file }]
}

const accepts = (address: NetConnectOpts): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ ...address, timeout: connectTimeout })
    const end = (isThere: boolean) => (): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', end(true))
    socket.once('error', end(false))
    socket.once('timeout', end(false))
  })
