import { ok, type Result } from '../../common/contract/failure.ts'
import { type ProxyServer, readProxy } from '../../common/preferences/proxy.ts'
import { direct, type Route } from './route.ts'

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The route to a URL according to the environment variables that curl and most programs read: `HTTPS_PROXY` or
 * `HTTP_PROXY` depending on the URL's scheme, else `ALL_PROXY`, unless `NO_PROXY` names the host. Lower-case names work
 * too.
 * @returns failures of `readProxy` if a variable cannot be understood
 */
export const environmentRoute = (url: URL, environment: Environment): Result<Route> => {
  const variable = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const text = read(environment, variable) ?? read(environment, 'all_proxy')
  if (text === undefined || isExcepted(url, read(environment, 'no_proxy') ?? '')) return ok(direct)
  return readProxy(text)
}

/** The environment's user name and password for a proxy that was named elsewhere without them. */
export const environmentLogin = ({ host, port }: ProxyServer, environment: Environment): ProxyServer['login'] => {
  for (const variable of ['https_proxy', 'http_proxy', 'all_proxy']) {
    const proxy = readProxy(read(environment, variable) ?? '')
    if (proxy.ok && proxy.value.host === host && proxy.value.port === port) return proxy.value.login
  }
  return undefined
}

const read = (environment: Environment, name: string): string | undefined =>
  environment[name] || environment[name.toUpperCase()] || undefined

/** Whether `NO_PROXY` names a host: `*`, `host`, `.suffix`, `*.suffix`, each with or without a port. */
const isExcepted = (url: URL, exceptions: string): boolean => {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((exception) => {
      if (exception === '*') return true
      const [, name = '', onlyPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(exception) ?? ['', exception]
      if (onlyPort !== undefined && onlyPort !== port) return false
      const suffix = name.replace(/^\*?\./, '')
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
      const bare = suffix.replace(/^\[(.*)\]$/, '$1')
      return bare !== '' && (host === bare || host.endsWith(`.${bare}`))
    })
}
