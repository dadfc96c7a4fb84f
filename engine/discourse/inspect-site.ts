import * as v from 'valibot'
import { type FailureCode, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Site } from '../../common/contract/snapshot.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { isPrivateHost, privateOnly } from '../network/private-address.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { atSite, readAddress, shownHost } from './address.ts'
import type { Http, HttpAnswer } from './http.ts'
import { httpError, isSuccess, redirectOf } from './http-error.ts'
import { basicInfoSchema, readJson } from './response-schemas.ts'

const probePath = '/user-api-key/new'
const mostRedirects = 5
/** The first version with what we need is 2 (protocol.md 1.1). */
const oldestVersion = 2

/** A forum that can issue keys. */
export interface InspectedSite {
  readonly site: Site
  /** `Auth-Api-Version`. */
  readonly apiVersion: number
  /** `Auth-Api-Device-Code`: the only sign that signing in by device code works (protocol.md 1.1). */
  readonly hasDeviceFlow: boolean
}

/**
 * Finds the forum at an address a person gave (protocol.md 1.1 and 7): probes each place it may be at with HEAD,
 * follows redirects to https and to or from `www`, and reads its title and colour. No key is sent.
 * @param allowPlain the user insists on an address without encryption; a move from https to http is refused all the
 *   same
 * @returns failures of `readAddress` and `http`; `not_discourse`, `site_too_old`, `address_downgraded`,
 *   `site_redirects` with the address it leads to, `address_has_https` with the one to use, those of `httpError`
 */
export const inspectSite = async (http: Http, address: string, allowPlain = false): Promise<Result<InspectedSite>> => {
  const places = readAddress(address, allowPlain)
  if (!places.ok)
    return places.failure.code === 'address_not_encrypted' ? await tryHttps(http, address, places) : places
  let last: Result<InspectedSite> = fail('address_invalid')
  for (const base of places.value) {
    last = await inspectBase(http, base)
    // Only “there is no Discourse here” is a reason to try the folder; any other failure would be the same there.
    if (last.ok || last.failure.code !== 'not_discourse') return last
  }
  return last
}

/** An address without encryption whose forum has an encrypted one: the user need only confirm that. */
const tryHttps = async (http: Http, address: string, refused: Result<never>): Promise<Result<never>> => {
  const places = readAddress(address, true)
  const [first] = places.ok ? places.value : []
  if (first === undefined || new URL(first).port !== '') return refused
  const found = await inspectSite(http, address.replace(/http:/i, 'https:'))
  if (!found.ok) return refused
  const { host, base } = found.value.site
  return fail('address_has_https', { host, address: base })
}

const inspectBase = async (http: Http, typedBase: string): Promise<Result<InspectedSite>> => {
  const probed = await probe(http, typedBase)
  if (!probed.ok) return probed
  const { base, apiVersion, hasDeviceFlow, publicOnly } = probed.value
  const host = shownHost(base)
  const answer = await http.send({ method: 'GET', url: atSite(base, '/site/basic-info.json'), publicOnly })
  if (!answer.ok) return answer
  const info = isSuccess(answer.value) ? readJson(basicInfoSchema, answer.value, base) : undefined
  if (info !== undefined && !info.ok) return info
  const title = info?.value.title ?? host
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

/** What the answer to HEAD says, and whether the forum is on the public internet. */
type Probe = { readonly base: string; readonly publicOnly: boolean } & Pick<
  InspectedSite,
  'apiVersion' | 'hasDeviceFlow'
>

/**
 * Asks with HEAD until there is no redirect left to follow. The address that the user named may be anywhere, and one on a
 * private network may lead to others there; no forum on the public internet makes us open a connection into a private network,
 * not even by a name of its own.
 */
const probe = async (http: Http, typedBase: string): Promise<Result<Probe>> => {
  let url = new URL(atSite(typedBase, probePath))
  const typed = url
  let publicOnly = !isPrivateHost(typed.hostname)
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (publicOnly && isPrivateHost(url.hostname)) return leadsTo(url)
    const ask = (): Promise<Result<HttpAnswer>> => http.send({ method: 'HEAD', url: url.href, publicOnly })
    let sent = await ask()
    if (redirects === 0 && isPrivateOnly(sent)) {
      publicOnly = false
      sent = await ask()
    }
    if (!sent.ok) return publicOnly && (isPrivateOnly(sent) || !sameHost(typed, url)) ? leadsTo(url) : sent
    const next = redirectOf(sent.value, url.href)
    if (next === undefined) return await readProbe(http, { typed, url, publicOnly }, sent.value)
    if (next === 'login') return { ok: false, failure: httpError(sent.value, url.origin, 'adding') }
    const host = shownHost(url.origin)
    const leavesHome = isLoopback(url.hostname) && !isLoopback(next.hostname)
    if (next.protocol === 'http:' && (url.protocol === 'https:' || leavesHome)) {
      return fail('address_downgraded', { host })
    }
    url = next
  }
  return fail('not_discourse', { host: shownHost(typedBase) })
}

/** Whether a public-only request failed because its host has private addresses only. */
const isPrivateOnly = (sent: Result<unknown>): boolean => !sent.ok && sent.failure.params?.['reason'] === privateOnly

/** Only the user can say whether it is the forum they mean. */
const leadsTo = (url: URL): Result<never> => {
  const address = url.pathname.endsWith(probePath) ? baseOf(url) : url.origin
  return fail('site_redirects', { host: shownHost(address), address })
}

/** Failures that explain who refused the probe; they would be the same at any other path on the server. */
const refusals: ReadonlySet<FailureCode> = new Set([
  'network_login',
  'site_challenges',
  'rate_limited',
  'server_password',
  'firewall_refuses',
  'site_busy',
])

/** What the last answer says about the forum. Web servers and firewalls that refuse HEAD often allow GET. */
const readProbe = async (
  http: Http,
  { typed, url, publicOnly }: { readonly typed: URL; readonly url: URL; readonly publicOnly: boolean },
  head: HttpAnswer,
): Promise<Result<Probe>> => {
  const none = fail('not_discourse', { host: shownHost(baseOf(typed)) })
  if (!url.pathname.endsWith(probePath)) return refusalOf(head, url) ?? none
  const isRefused = !isSuccess(head) && head.status !== 429 && head.status < 500
  const isUnheard = isRefused || head.status === 501
  const got = isUnheard ? await http.send({ method: 'GET', url: url.href, publicOnly }) : ok(head)
  if (!got.ok) return got
  const version = head.headers.get('auth-api-version') ?? got.value.headers.get('auth-api-version')
  const base = baseOf(url)
  if (version === undefined && !(isUnheard && asksForParameters(got.value))) return refusalOf(got.value, url) ?? none
  if (!sameHostButWww(typed, url)) return fail('site_redirects', { host: shownHost(base), address: base })
  const apiVersion = version === undefined ? assumedVersion : Number(/^\d{1,3}/.exec(version)?.[0] ?? 0)
  if (!(apiVersion >= oldestVersion))
    return fail('site_too_old', { host: shownHost(base), version: String(apiVersion) })
  return ok({ base, apiVersion, hasDeviceFlow: head.headers.get('auth-api-device-code') === 'true', publicOnly })
}

const baseOf = (url: URL): string => url.origin + url.pathname.slice(0, -probePath.length)

const refusalOf = (answer: HttpAnswer, url: URL): Result<never> | undefined => {
  const failure = httpError(answer, url.origin, 'adding')
  return refusals.has(failure.code) ? { ok: false, failure } : undefined
}

/**
 * GET without the parameters of a request is answered with 400 and what is missing, in every version (protocol.md 1.2).
 */
const asksForParameters = (answer: HttpAnswer): boolean =>
  answer.status === 400 && v.safeParse(missingSchema, parseBoundedJson(answer.text)).success

const missingSchema = v.object({ errors: v.pipe(v.array(v.string()), v.minLength(1)) })

/** What every forum since 2.3 says, which is all that answer without HEAD (protocol.md 1.1). */
const assumedVersion = 4

/** Redirects that need no confirmation: to https on its default port, and to or from `www.`. */
const sameHostButWww = (typed: URL, final: URL): boolean => {
  const portKept = typed.port === final.port || (typed.protocol !== final.protocol && final.port === '')
  return sameHost(typed, final) && portKept
}

const sameHost = (typed: URL, final: URL): boolean => {
  const bare = (url: URL): string => url.hostname.replace(/^www\./, '')
  return bare(typed) === bare(final)
}

/**
 * A forum's own colour from the two that `basic-info` tells, the header's background and its text: the more colourful
 * one, because many headers are white. Hexadecimal without `#`, three or six digits (protocol.md 5.5).
 * @returns `#rrggbb`, or null when neither is a colour or both are greys
 */
const siteColor = (ground: string | null | undefined, letters: string | null | undefined): string | null => {
  const colors = [readColor(ground), readColor(letters)].filter((color) => color !== undefined)
  const [best] = colors.toSorted((a, b) => colorfulness(b) - colorfulness(a))
  return best !== undefined && colorfulness(best) > 24 ? best : null
}

const readColor = (value: string | null | undefined): string | undefined => {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value?.trim() ?? '')?.[1]?.toLowerCase()
  if (digits === undefined) return undefined
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((digit) => digit + digit).join('')}`
}

/** The distance between a colour's strongest and weakest part, 0 to 255. */
const colorfulness = (color: string): number => {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return Math.max(...parts) - Math.min(...parts)
}
