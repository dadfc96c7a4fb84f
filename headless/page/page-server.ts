import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { imagePrefix, openPrefix, openSignedInPrefix, pagePaths, updateInterval } from '../../common/contract/bridge.ts'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { PageAlert } from '../../common/contract/page-alert.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import { firstScreen } from '../../common/glance/first-screen.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { Engine } from '../../engine/engine.ts'
import type { PageFile } from '../../engine/page/page-files.ts'
import { pageHeaders } from '../../engine/page/page-headers.ts'
import { parseBoundedJson } from '../../engine/parsing/parse-bounded-json.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import { createPlaces } from '../../engine/timing/places.ts'
import { throttle } from '../../engine/timing/throttle.ts'
import type { PageAlerts } from './page-alerts.ts'
import type { PageSessions } from './page-sessions.ts'
import { type EventSource, sendEvents } from './send-events.ts'
import { createTokenCheck } from './token-check.ts'

/** The page's server on the loopback interface. */
export interface PageServer {
  /** The address to open, with the token in its fragment; whoever has it may use the page. */
  readonly url: string
  close(): Promise<void>
}

export interface PageServerOptions {
  readonly engine: Pick<Engine, 'snapshot' | 'subscribe' | 'execute' | 'authorizeUrl' | 'signedInUrl' | 'image'>
  readonly files: ReadonlyMap<string, PageFile>
  /** 0 for any that is free. */
  readonly port: number
  readonly clock: Clock
  readonly t: Translate
  readonly sessions: PageSessions
  readonly alerts: {
    /** Whether pages are to show alerts, because nothing else can. */
    readonly areWanted: () => Promise<boolean>
    readonly join: PageAlerts['join']
  }
}

const tokenSchema = v.object({ token: v.string() })
/** How many forums a page begins with. */
const firstSchema = v.pipe(v.string(), v.regex(/^[1-9]\d?$|^100$/), v.transform(Number))
const headers = pageHeaders('self')
/** The largest body of a login request, in bytes: the token has 64. */
const longestToken = 1000
/** For files with a content hash in their name: a browser keeps them, compiled, for the next start. */
const kept = 'private, max-age=31536000, immutable'
/** All methods in use; RFC 9110, 15.5.6, requires an `Allow` header in the answer to any other. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])
/** How many alerts wait for a page that does not read, such as one in a tab put to sleep; the oldest go first. */
const mostWaiting = 50
const allow = [...methods].join(', ')
const wrongMethod = { reason: 'it is no GET or POST' }
const tooLarge = { reason: 'it is too large' }
/**
 * How many connections any programs of this computer may hold open, who need no token for that: browsers open six. Without
 * a limit they could take every file that this process may open.
 */
const mostConnections = 500

const tooMany = (count: number) => fail('too_many_requests', { count })

/** What the routes share. */
interface Parts extends Pick<PageServerOptions, 'engine' | 'files' | 'clock' | 't' | 'sessions' | 'alerts'> {
  readonly isToken: (given: string) => Promise<boolean>
  /** Allowed values of `Host`; empty until the port is known. */
  readonly ownHosts: () => ReadonlySet<string>
  /** Ends the open streams of the pages that are logged in now. */
  readonly streamsEnd: () => AbortSignal
  readonly logOut: () => void
}

/**
 * Serves the page and its API (common/contract/bridge.ts). Only this computer can reach it, and on this computer only
 * clients with the token. Other web pages cannot, because Host and Origin must be ours, which also prevents DNS
 * rebinding.
 * Failure: `port_taken`.
 */
export const startPageServer = async (options: PageServerOptions): Promise<Result<PageServer>> => {
  const { sessions, clock, port } = options
  const token = randomBytes(32).toString('hex')
  let streams = new AbortController()
  let ownHosts: ReadonlySet<string> = new Set()
  const parts: Parts = {
    ...options,
    isToken: createTokenCheck(token, clock),
    ownHosts: () => ownHosts,
    // Not AbortSignal.any: the signals it combines remember every combination for as long as they live.
    streamsEnd: () => streams.signal,
    logOut: () => {
      sessions.endAll()
      streams.abort()
      streams = new AbortController()
    },
  }
  const app = new Hono()
  // The order matters: first who may send requests at all, then who may use the API, then the routes.
  guard(app, parts)
  serveSessions(app, parts)
  serveEvents(app, parts)
  serveCommands(app, parts)
  serveWaysOut(app, parts)
  serveFiles(app, parts)

  const server = await listen(app, port)
  if (server === undefined) return fail('port_taken', { port: String(port) })
  const bound = address(server).port
  ownHosts = new Set([`127.0.0.1:${bound}`, `localhost:${bound}`])
  return ok({
    url: `http://127.0.0.1:${bound}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        streams.abort()
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  })
}

/** Refuses requests with a foreign Host or Origin, with other methods, or with a large body. */
const guard = (app: Hono, { ownHosts }: Parts): void => {
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
    const host = context.req.header('host') ?? ''
    const origin = context.req.header('origin')
    const site = context.req.header('sec-fetch-site')
    const ours = ownHosts().has(host) && (origin === undefined || origin === `http://${host}`)
    const navigation = site === undefined || site === 'same-origin' || site === 'none'
    const api = context.req.path.startsWith('/api/')
    if (!ours || (api && !navigation)) return context.json(fail('not_authorised'), 403)
    if (!methods.has(context.req.method)) return context.json(fail('command_invalid', wrongMethod), 405, { allow })
    return await next()
  })
  app.use(limitBody(commandLimits.bytes))
}

const limitBody = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (context) => context.json(fail('command_invalid', tooLarge), 413) })

/** Exchanges the token for a session, which all API routes after this require. */
const serveSessions = (app: Hono, { sessions, isToken, logOut }: Parts): void => {
  // Any program on this computer can send this, and half a megabyte of `[` takes a second to parse.
  app.use(pagePaths.session, limitBody(longestToken))
  app.post(pagePaths.session, async (context) => {
    const given = v.safeParse(tokenSchema, await context.req.json().catch(() => undefined))
    if (!given.success || !(await isToken(given.output.token))) return context.json(fail('not_authorised'), 401)
    return context.json({ session: sessions.begin() })
  })
  app.use('/api/*', async (context, next) => {
    const given = /^Bearer ([0-9a-f]+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
    if (!sessions.has(given)) return context.json(fail('not_authorised'), 401)
    return await next()
  })
  app.post(pagePaths.logOut, (context) => {
    logOut()
    return context.json(ok(null))
  })
}

/** Streams snapshot updates, and alerts where pages show them, until the page disconnects. */
const serveEvents = (app: Hono, { engine, clock, alerts, streamsEnd }: Parts): void => {
  const places = createPlaces(commandLimits.streams)
  const stream = (context: Context, source: Pick<EventSource, 'next' | 'onDue'>): Response => {
    const onEnd = places.take()
    if (onEnd === undefined) return context.json(tooMany(commandLimits.streams), 503)
    return sendEvents(context, { clock, closing: streamsEnd(), onEnd, ...source })
  }
  app.get(pagePaths.updates, (context) => {
    let sent: Snapshot | null = null
    let isDue = true
    let due = (): void => undefined
    let callOff = (): void => undefined
    const first = v.safeParse(firstSchema, context.req.query('first'))
    return stream(context, {
      // Only the newest snapshot matters: while an update is being written, later changes come together in the next.
      onDue: (wake) => {
        due = () => {
          callOff()
          isDue = true
          wake()
        }
        const end = engine.subscribe(throttle(clock, updateInterval, due))
        return () => {
          callOff()
          end()
        }
      },
      next: () => {
        if (!isDue) return undefined
        isDue = false
        const isFirstScreen = first.success && sent === null
        const snapshot = isFirstScreen ? firstScreen(engine.snapshot(), first.output) : engine.snapshot()
        // Not at once: writing the whole takes longer than sending this.
        if (isFirstScreen) callOff = clock.after(updateInterval, due)
        const update = snapshotUpdate(sent, snapshot)
        sent = snapshot
        return JSON.stringify(update)
      },
    })
  })
  app.get(pagePaths.alertsWanted, async (context) => context.json({ wanted: await alerts.areWanted() }))
  app.get(pagePaths.alerts, (context) => {
    const waiting: PageAlert[] = []
    return stream(context, {
      onDue: (wake) =>
        alerts.join((alert) => {
          waiting.push(alert)
          if (waiting.length > mostWaiting) waiting.shift()
          wake()
        }),
      next: () => {
        const alert = waiting.shift()
        return alert === undefined ? undefined : JSON.stringify(alert)
      },
    })
  })
}

const serveCommands = (app: Hono, { engine }: Parts): void => {
  const places = createPlaces(commandLimits.inProgress)
  app.post(`${pagePaths.commands}:name`, async (context) => {
    const leave = places.take()
    if (leave === undefined) return context.json(tooMany(commandLimits.inProgress))
    try {
      const input = parseBoundedJson(await context.req.text(), commandLimits.values)
      return context.json(await engine.execute(context.req.param('name'), input))
    } finally {
      leave()
    }
  })
}

/** Redirects to URLs with secrets that the page must not see; the links to them are unguessable. */
const serveWaysOut = (app: Hono, { engine, t }: Parts): void => {
  app.get(`${pagePaths.authorizeLink}:attempt`, (context) => {
    const url = engine.authorizeUrl(context.req.param('attempt'))
    return url === undefined ? context.json(fail('attempt_unknown'), 404) : context.text(url)
  })

  app.get(`${openPrefix}:attempt`, (context) => {
    const url = engine.authorizeUrl(context.req.param('attempt'))
    if (url === undefined) return context.text(failureSentence(t, { code: 'attempt_unknown' }), 404)
    return context.redirect(url, 302)
  })
  app.get(`${openSignedInPrefix}:link`, async (context) => {
    const url = await engine.signedInUrl(context.req.param('link'))
    if (url === undefined) return context.text(failureSentence(t, { code: 'token_not_asked' }), 404)
    return context.redirect(url, 302)
  })
}

/** Images by their unguessable links, and the page itself, which contains no personal data. */
const serveFiles = (app: Hono, { engine, files }: Parts): void => {
  app.get(`${imagePrefix}:link`, async (context) => {
    const image = await engine.image(context.req.param('link'))
    if (image === undefined) return context.notFound()
    return context.body(image.body, 200, { 'content-type': image.type })
  })
  app.get('*', (context) => {
    const { path } = context.req
    const file = files.get(path === '/' ? '/index.html' : path)
    if (file === undefined) return context.notFound()
    const isNamedByContent = path.startsWith('/assets/')
    return context.body(file.body, 200, {
      'content-type': file.type,
      ...(isNamedByContent ? { 'cache-control': kept } : {}),
    })
  })
}

const listen = (app: Hono, port: number): Promise<ServerType | undefined> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port, overrideGlobalObjects: false })
    server.maxConnections = mostConnections
    server.once('listening', () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined)
      else reject(error)
    })
  })

const address = (server: ServerType): AddressInfo => {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the page server is not on a port')
  return bound
}
