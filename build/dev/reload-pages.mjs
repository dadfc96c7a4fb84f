import { once } from 'node:events'
import { WebSocket } from 'undici'
import * as v from 'valibot'

const targetsSchema = v.array(v.object({ type: v.string(), webSocketDebuggerUrl: v.optional(v.string()) }))

/**
 * Reloads every page of a program that was started with `--remote-debugging-port`
 * (chromedevtools.github.io/devtools-protocol, “HTTP endpoints” and `Page.reload`). Does nothing if the program has no
 * page at the moment or has just exited.
 * @param {number} port
 */
export const reloadPages = async (port) => {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined)
  if (answer === undefined) return
  const targets = v.parse(targetsSchema, await answer.json())
  for (const { type, webSocketDebuggerUrl } of targets) {
    if (type !== 'page' || webSocketDebuggerUrl === undefined) continue
    const socket = new WebSocket(webSocketDebuggerUrl)
    await once(socket, 'open')
    socket.send(JSON.stringify({ id: 1, method: 'Page.reload', params: { ignoreCache: true } }))
    await once(socket, 'message')
    socket.close()
  }
}
