import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import { readProxy } from '../../common/preferences/proxy.ts'
import { type Environment, environmentLogin, environmentRoute } from './environment-proxy.ts'
import { isLoopback } from './is-loopback.ts'
import { readPacResult } from './read-pac-result.ts'
import { direct, type Route } from './route.ts'

/** Finds the routes to each forum. */
export interface RouteFinder {
  /** The routes to a URL, in the order to try them; at least one. Failures: `proxy_invalid`, `proxy_unsupported`. */
  find(url: URL): Promise<Result<readonly Route[]>>
  /** Looks again next time, because the routes found did not work. */
  forget(url: URL): void
}

/** What the routes depend on. */
export interface RouteFinderOptions {
  readonly proxy: ProxySetting
  /**
   * Asks the desktop how to reach a URL; resolves to the result of a proxy auto-configuration script. Without it the
   * environment variables decide.
   */
  readonly resolveProxy: ((url: string) => Promise<string>) | undefined
  readonly environment: Environment
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** How long the desktop's answer about an origin is cached, in milliseconds. */
const freshFor = 5 * 60_000

/** Loopback is always reached directly, whatever the settings say: to a proxy, it would be the proxy's own computer. */
export const createRouteFinder = ({ proxy, resolveProxy, environment, now }: RouteFinderOptions): RouteFinder => {
  /** By origin. Forums name origins, as those of pictures, so answers that are no longer fresh are dropped. */
  const known = new Map<string, { readonly at: number; readonly routes: Promise<Result<readonly Route[]>> }>()

  const withLogin = (route: Route): Route => {
    if (route.kind === 'direct' || route.login !== undefined) return route
    const login = environmentLogin(route, environment)
    return login === undefined ? route : { ...route, login }
  }
  const askDesktop = async (resolve: (url: string) => Promise<string>, origin: string) => {
    // Only the origin: an auto-configuration script is somebody else's program and must not see paths.
    const answer = await resolve(`${origin}/`).catch(() => 'DIRECT')
    const routes = readPacResult(answer).map(withLogin)
    return routes.length === 0 ? fail('proxy_unsupported', { proxy: answer }) : ok(routes)
  }
  const remembered = (resolve: (url: string) => Promise<string>, origin: string) => {
    const old = known.get(origin)
    if (old !== undefined && now() - old.at < freshFor) return old.routes
    for (const [each, { at }] of known) if (now() - at >= freshFor) known.delete(each)
    const routes = askDesktop(resolve, origin)
    known.set(origin, { at: now(), routes })
    return routes
  }

  return {
    find: async (url) => {
      if (proxy.kind === 'none' || isLoopback(url.hostname)) return ok([direct])
      if (proxy.kind === 'manual') {
        const read = readProxy(proxy.url)
        return read.ok ? ok([withLogin(read.value)]) : read
      }
      if (resolveProxy !== undefined) return remembered(resolveProxy, url.origin)
      const route = environmentRoute(url, environment)
      return route.ok ? ok([route.value]) : route
    },
    forget: (url) => void known.delete(url.origin),
  }
}
