interface RedirectParts {
  readonly scheme: string
  readonly userInfo: string
  readonly host: string
  readonly port: string
  readonly pathAndQuery: string
  readonly fragment: string
}

const PARTS = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#@\s]*)@)?([^/?#:@\s]*)(?::(\d*))?([^#\s]*)(?:#(\S*))?$/i
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' }

/**
 * Whether a redirect is on the forum's list (protocol.md 2.2). It needs a scheme and a host; trailing slash, query and
 * fragment must match. Older versions match the whole string with the first `*` as anything but white space; newer
 * ones compare part by part, so that a wildcard cannot leak over the host.
 */
export function isRedirectAllowed(
  redirect: string,
  allowed: readonly string[],
  matching: 'whole-string' | 'by-parts',
): boolean {
  const parts = redirectParts(redirect)
  if (parts === null || parts.host === '') return false
  return matching === 'whole-string'
    ? allowed.some((pattern) => wholeString(pattern).test(redirect))
    : allowed.some((pattern) => pattern === '*' || matchesByParts(parts, pattern))
}

/** The host the authorize page warns about, or `null` for the app redirect every forum allows (protocol.md 11, no. 8-10). */
export function redirectHost(redirect: string): string | null {
  if (redirect === 'discourse://auth_redirect') return null
  const parts = redirectParts(redirect)
  if (parts === null) return null
  return parts.port === '' ? parts.host : `${parts.host}:${parts.port}`
}

function redirectParts(text: string): RedirectParts | null {
  const match = PARTS.exec(text)
  if (match === null) return null
  const [, scheme = '', userInfo = '', host = '', port = '', pathAndQuery = '', fragment = ''] = match
  return { scheme: scheme.toLowerCase(), userInfo, host: host.toLowerCase(), port, pathAndQuery, fragment }
}

function wholeString(pattern: string): RegExp {
  return new RegExp(`^${escapeRegExp(pattern).replace('\\*', '\\S*')}$`, 'i')
}

function matchesByParts(candidate: RedirectParts, pattern: string): boolean {
  const wanted = redirectParts(pattern)
  return (
    wanted !== null &&
    wanted.scheme === candidate.scheme &&
    effectivePort(wanted) === effectivePort(candidate) &&
    wanted.userInfo === candidate.userInfo &&
    withWildcards(wanted.host, '[a-z0-9._-]*').test(candidate.host) &&
    withWildcards(wanted.pathAndQuery, '.*').test(candidate.pathAndQuery) &&
    wanted.fragment === candidate.fragment
  )
}

function effectivePort({ scheme, port }: RedirectParts): string {
  return port === '' ? (DEFAULT_PORTS[scheme] ?? '') : port
}

function withWildcards(pattern: string, wildcard: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(escapeRegExp).join(wildcard)}$`)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
