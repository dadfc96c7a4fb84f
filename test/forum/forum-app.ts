import { Hono } from 'hono'
import { injectFaults } from './fault-injection.ts'
import { addressOf, type ForumEnv } from './forum-context.ts'
import { ClientIdTakenError } from './key-store.ts'
import { pollMessageBus } from './poll-message-bus.ts'
import { refuseAddress, refuseCrashed, refuseMissingRoute, SimulatedCrash } from './refusal.ts'
import { activateRoutes } from './routes/activate-routes.ts'
import { appRoutes } from './routes/app-routes.ts'
import { clientRoutes } from './routes/client-routes.ts'
import { deviceRoutes } from './routes/device-routes.ts'
import { feedRoutes } from './routes/feed-routes.ts'
import { keyRoutes } from './routes/key-routes.ts'
import { memberRoutes } from './routes/member-routes.ts'
import { notificationRoutes } from './routes/notification-routes.ts'
import { otpRoutes } from './routes/otp-routes.ts'
import { publicRoutes } from './routes/public-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { ssoRoutes } from './routes/sso-routes.ts'
import { addRoutes, routePath } from './routing.ts'
import type { Site } from './site.ts'

/** No route has this path: what lies outside the folder is not the forum's. */
const OUTSIDE = '/__outside'

/** Rails names the charset of everything it writes, in small letters; of what has no body it does not. */
function writeCharsetAsRails({ headers }: Response): void {
  const type = headers.get('content-type')
  if (type === 'application/json') headers.set('content-type', 'application/json; charset=utf-8')
  else if (type !== null) headers.set('content-type', type.replace(/; ?charset=UTF-8/i, '; charset=utf-8'))
}

/** The forum as a web application: log, faults, address limits, then the routes the profile has. */
export function createForumApp(site: Site): Hono<ForumEnv> {
  const app = new Hono<ForumEnv>({ getPath: (request) => routePath(request.url, site.path) ?? OUTSIDE })

  app.use(async (c, next) => {
    c.set('site', site)
    c.set('viewer', { kind: 'anonymous' })
    c.set('params', {})
    c.set('handled', false)
    c.set('keyHeader', c.req.header('user-api-key'))
    const logged = site.requests.note(c.req.raw, site.now())
    c.set('logged', logged)
    await next()
    if (c.res.headers.has('x-hono-already-sent')) return
    c.header('Date', new Date(site.now()).toUTCString())
    if (c.req.method !== 'HEAD' || c.res.status !== 200) writeCharsetAsRails(c.res)
    logged({ status: c.res.status })
  })

  app.use(async (c, next) => {
    if (c.req.path === OUTSIDE) return next()
    return injectFaults(c, new URL(c.req.url).pathname.slice(site.path.length) || '/', next)
  })

  app.use(async (c, next) => {
    const hit = site.ipLimits?.charge(addressOf(c), site.now()) ?? null
    return hit === null ? next() : refuseAddress(c, hit)
  })

  app.post('/message-bus/:client/poll', pollMessageBus)
  addRoutes(app, [
    ...publicRoutes,
    ...sessionRoutes,
    ...ssoRoutes,
    ...keyRoutes,
    ...deviceRoutes,
    ...activateRoutes,
    ...otpRoutes,
    ...clientRoutes,
    ...appRoutes,
    ...feedRoutes,
    ...memberRoutes,
    ...notificationRoutes(site.profile),
  ])

  app.notFound((c) => (c.req.path === OUTSIDE ? c.text('Not the forum.', 404) : refuseMissingRoute(c)))

  app.onError((error, c) => {
    // Anything else is a mistake in the simulation itself and must not pass for a faithful 500.
    if (!(error instanceof SimulatedCrash || error instanceof ClientIdTakenError)) console.error(error)
    return refuseCrashed(c)
  })

  return app
}
