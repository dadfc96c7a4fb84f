import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Site } from '../../common/contract/snapshot.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { atSite, readAddress, shownHost } from './address.ts'
import type { Http } from './http.ts'
import { httpError } from './http-error.ts'
import { basicInfoSchema, readJson } from './response-schemas.ts'
import { siteColor } from './site-color.ts'

const probePath = '/user-api-key/new'
const mostRedirects = 5
/** The first version with what we need is 2 (protocol.md 1.1). */
const oldestVersion = 2

/** A forum that can give keys. */
export interface InspectedSite {
  readonly site: Site
  /** `Auth-Api-Version`. */
  readonly apiVersion: number
  /** `Auth-Api-Device-Code`: the only sign that signing in by device code works (protocol.md 1.1). */
  readonly hasDeviceFlow: boolean
}

/**
 * Finds the forum at an address a person gave (protocol.md 1.1 and 7): asks each place it may be with HEAD, follows moves
 * to https and to or from `www`, and reads its title and colour. No key is sent.
 * @param allowPlain the user insists on an address without encryption; a move from https to http is refused all the same
 * @returns failures of `readAddress` and `http`; `not_discourse`, `site_too_old`, `address_downgraded`,
 *   `site_redirects` with the address it leads to, those of `httpError`
 */
export const inspectSite = async (http: Http, address: string, allowPlain = false): Promise<Result<InspectedSite>> => {
  const places = readAddress(address, allowPlain)
  if (!places.ok) return places
  let last: Result<InspectedSite> = fail('address_invalid')
  for (const base of places.value) {
    last = await lookAtBase(http, base)
    // Only “there is no Discourse here” is a reason to try the folder; any other trouble would be the same there.
    if (last.ok || last.failure.code !== 'not_discourse') return last
  }
  return last
}

const lookAtBase = async (http: Http, typedBase: string): Promise<Result<InspectedSite>> => {
  const probed = await probe(http, typedBase)
  if (!probed.ok) return probed
  const { base, apiVersion, hasDeviceFlow } = probed.value
  const host = shownHost(base)
  const answer = await http.send({ method: 'GET', url: atSite(base, '/site/basic-info.json') })
  if (!answer.ok) return answer
  const info = answer.value.status === 200 ? readJson(basicInfoSchema, answer.value, host) : undefined
  if (info !== undefined && !info.ok) return info
  const title = info?.value.title?.trim() || host
  return ok({
    site: {
      base,
      host,
      title,
      color: siteColor(info?.value.header_background_color, info?.value.header_primary_color),
    },
    apiVersion,
    hasDeviceFlow,
  })
}

/** What the answer to HEAD tells. */
type Probe = { readonly base: string } & Pick<InspectedSite, 'apiVersion' | 'hasDeviceFlow'>

/** Asks with HEAD until there is no redirect left to follow. */
const probe = async (http: Http, typedBase: string): Promise<Result<Probe>> => {
  let url = new URL(atSite(typedBase, probePath))
  const typed = url
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const sent = await http.send({ method: 'HEAD', url: url.href })
    if (!sent.ok) return sent
    const { status, headers } = sent.value
    const host = shownHost(url.origin)
    if (status >= 300 && status < 400) {
      const location = headers.get('location') ?? ''
      if (!URL.canParse(location, url.href)) return fail('not_discourse', { host })
      const next = new URL(location, url)
      if (next.protocol !== 'https:' && next.protocol !== 'http:') return fail('not_discourse', { host })
      const leavesHome = isLoopback(url.hostname) && !isLoopback(next.hostname)
      if (next.protocol === 'http:' && (url.protocol === 'https:' || leavesHome)) {
        return fail('address_downgraded', { host })
      }
      url = next
      continue
    }
    const refused = httpError(sent.value, url.origin)
    if (status >= 500 || status === 429 || refused.code === 'site_challenges') return { ok: false, failure: refused }
    const version = headers.get('auth-api-version')
    if (status !== 200 || version === undefined || !url.pathname.endsWith(probePath)) {
      return fail('not_discourse', { host: shownHost(typedBase) })
    }
    const base = url.origin + url.pathname.slice(0, -probePath.length)
    if (!sameHostButWww(typed, url)) return fail('site_redirects', { host: shownHost(base), address: base })
    const apiVersion = Number.parseInt(version, 10)
    if (!(apiVersion >= oldestVersion)) return fail('site_too_old', { host, version })
    return ok({ base, apiVersion, hasDeviceFlow: headers.get('auth-api-device-code') === 'true' })
  }
  return fail('not_discourse', { host: shownHost(typedBase) })
}

/** Moves that nobody needs to be asked about: to https on its usual port, and with or without `www.`. */
const sameHostButWww = (typed: URL, final: URL): boolean => {
  const bare = (url: URL): string => url.hostname.replace(/^www\./, '')
  const portKept = typed.port === final.port || (typed.protocol !== final.protocol && final.port === '')
  return bare(typed) === bare(final) && portKept
}
