import { ok, type Result } from '../../common/contract/failure.ts'
import { type ProxyServer, readProxy } from '../../common/preferences/proxy.ts'
import { direct, type Route } from './route.ts'

/** The variables of a process, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The way to an address that the environment asks for, by the variables that curl and most programs read: `HTTPS_PROXY`
 * or `HTTP_PROXY` by the address's scheme, else `ALL_PROXY`, unless `NO_PROXY` names the host; small letters count as
 * well.
 * @returns failures of `readProxy`, for a variable that cannot be understood
 */
export const environmentRoute = (url: URL, environment: Environment): Result<Route> => {
  const variable = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const text = read(environment, variable) ?? read(environment, 'all_proxy')
  if (text === undefined || isExcepted(url, read(environment, 'no_proxy') ?? '')) return ok(direct)
  return readProxy(text)
}

/** The name and password that the environment has for a proxy which was named elsewhere without them. */
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
