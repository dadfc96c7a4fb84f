import { parseUrl } from '../../common/contract/parse-url.ts'
import { isPrivateHost } from '../network/private-address.ts'
import type { Http } from './http.ts'
import { isSuccess } from './http-error.ts'

/** A small image that a page may show. */
export interface Image {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** In bytes; icons may be much larger than we show them. */
const largestImage = 200_000
/** A forum may redirect to where its uploads are. */
const mostRedirects = 3

/**
 * Fetches a picture that a forum names: from the forum itself, or over https from wherever it keeps its uploads. No key
 * is sent. Its first bytes decide what it is, whatever the server says; anything else is refused, above all SVG, which
 * can contain scripts.
 * @param base the site
 * @param address as the forum gives it: absolute, without its scheme, or without its host
 * @param largest how many bytes it may have
 * @returns undefined when it cannot be fetched: a picture is never worth a failure
 */
export const fetchImage = async (
  http: Http,
  base: string,
  address: string,
  largest: number = largestImage,
): Promise<Image | undefined> => {
  let place = allowedPlace(base, address, base)
  for (let hop = 0; hop <= mostRedirects && place !== undefined; hop++) {
    const { url, publicOnly } = place
    const request = { method: 'GET', url, headers: { accept: 'image/*' }, largestAnswer: largest } as const
    const answer = await http.send(publicOnly ? { ...request, publicOnly } : request)
    if (!answer.ok) return undefined
    const { status, headers, bytes } = answer.value
    if (isSuccess(answer.value)) return readImage(bytes)
    const location = status >= 300 && status < 400 ? headers.get('location') : undefined
    place = location === undefined ? undefined : allowedPlace(base, location, url)
  }
  return undefined
}

/**
 * The forum's own origin, which the user named, may be anywhere. Everything else was named by the forum and must be on
 * the public internet, so that no forum makes us open connections into a private network.
 */
const allowedPlace = (base: string, address: string, from: string) => {
  const url = parseUrl(address, from)
  if (url === undefined) return undefined
  const publicOnly = url.origin !== new URL(base).origin
  if (publicOnly && (url.protocol !== 'https:' || isPrivateHost(url.hostname))) return undefined
  return url.username === '' && url.password === '' ? { url: url.href, publicOnly } : undefined
}

/** Recognises the image formats that every browser supports; undefined for anything else. */
export const readImage = (bytes: Uint8Array): Image | undefined => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const type = kinds.find(([, begins]) => begins.test(head))?.[0]
  return type === undefined ? undefined : { type, body: Uint8Array.from(bytes) }
}

/** By their first bytes, each a letter (WHATWG MIME Sniffing, 6.1; AVIF 1.1, 6). */
const kinds: readonly (readonly [type: string, begins: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n.\n/s],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavi[fs]/s],
]
