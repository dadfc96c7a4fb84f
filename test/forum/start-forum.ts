import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { CONTROL_PATH, createControlApp } from './control.ts'
import type { Forum } from './forum.ts'
import { createForumApp } from './forum-app.ts'
import { type Clock, ForumClock, systemClock } from './forum-clock.ts'
import { forumOperations } from './forum-operations.ts'
import { type Profile, type ProfileName, profiles } from './profiles.ts'
import { defaultLimits, type Limits } from './rate-limits.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { createSite, type Site } from './site.ts'
import type { NewUser } from './user-store.ts'

/** How long a connection without requests stays open, in milliseconds: nginx's default, which forums stand behind. */
const KEEP_ALIVE = 75_000

export interface ForumOptions {
  /** A version we play, or a changed copy of one. */
  readonly profile: ProfileName | Profile
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** The folder, as `/forum`; default none (protocol.md 7). */
  readonly path?: string
  readonly title?: string
  /** Six hex digits. */
  readonly color?: string
  readonly limits?: Partial<Limits>
  readonly users?: readonly NewUser[]
  /** What everything timed here goes by; default the computer's. */
  readonly clock?: Clock
  readonly settings?: Partial<Settings>
  /** Opens the control interface to everyone who reaches the port; default off. */
  readonly control?: boolean
  /** Speaks https with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/**
 * Starts a simulated forum that listens when the promise resolves.
 * @throws Error of Node (`EADDRINUSE`, `EACCES`, ...) when the port cannot be had.
 */
export async function startForum(options: ForumOptions): Promise<Forum> {
  const { host = '127.0.0.1', port = 0, path = '', control = false } = options
  if (!/^(\/[\w.-]+)*$/.test(path)) throw new Error(`The folder must look like /forum, not ${JSON.stringify(path)}.`)
  const site = createSite({
    profile: typeof options.profile === 'string' ? profiles[options.profile] : options.profile,
    title: options.title ?? 'Simulated Forum',
    color: options.color ?? '1f6feb',
    path,
    settings: { ...defaultSettings, ...options.settings },
    limits: { ...defaultLimits, ...options.limits },
    clock: new ForumClock(options.clock ?? systemClock),
  })
  for (const user of options.users ?? []) site.users.create(user)

  const operations = forumOperations(site)
  const { tls } = options
  const listener = requestListener(site, control ? createControlApp(operations) : null)
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.keepAliveTimeout = KEEP_ALIVE
  site.origin = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${await listen(server, host, port)}`
  return {
    // A spread would freeze the getter of the requests at its value of now.
    ...operations,
    get requests() {
      return operations.requests
    },
    url: `${site.origin}${path}`,
    origin: site.origin,
    controlUrl: control ? `${site.origin}${CONTROL_PATH}` : null,
    stop: () => stop(server),
  }
}

function requestListener(site: Site, control: ReturnType<typeof createControlApp> | null): RequestListener {
  const forum = createForumApp(site)
  const isForControl = (path: string): boolean =>
    control !== null && (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`))
  const listener = getRequestListener(
    (request, env) =>
      control !== null && isForControl(new URL(request.url).pathname)
        ? control.fetch(request)
        : forum.fetch(request, env),
    { overrideGlobalObjects: false },
  )
  return (request, answer) => {
    const { socket } = request
    const sentBefore = socket.bytesWritten
    if (!isForControl(request.url ?? '')) {
      site.openRequests.begin(answer)
      answer.once('close', () => site.requests.sent(socket.bytesWritten - sentBefore))
    }
    return listener(request, answer)
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
