import { parseUrl } from '../../common/contract/parse-url.ts'
import { isPrivateHost } from '../network/private-address.ts'
import type { Http } from './http.ts'
import { isSuccess } from './http-error.ts'
import { imageSize, readTypes } from './image-size.ts'

/** A small image that a page may show. */
export interface Image {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** The largest picture that is taken. */
export interface ImageLimits {
  /** As it is sent. */
  readonly bytes: number
  /** Of its width and of its height, in pixels; four bytes for each of them are what showing it takes. */
  readonly side: number
}

/** Icons may be much larger than we show them. */
const defaultLimits: ImageLimits = { bytes: 200_000, side: 2048 }
/** A forum may redirect to where its uploads are. */
const mostRedirects = 3

/**
 * Fetches a picture that a forum names: from the forum itself, or over https from wherever it keeps its uploads. No key
 * is sent. Its own bytes decide what it is and how large, whatever the server says (image-size.ts).
 * @param base the site
 * @param address as the forum gives it: absolute, without its scheme, or without its host
 * @returns undefined when it cannot be fetched: a picture is never worth a failure
 */
export const fetchImage = async (
  http: Http,
  base: string,
  address: string,
  limits: ImageLimits = defaultLimits,
): Promise<Image | undefined> => {
  let place = allowedPlace(base, address, base)
  for (let hop = 0; hop <= mostRedirects && place !== undefined; hop++) {
    const { url, publicOnly } = place
    const request = { method: 'GET', url, headers: { accept: readTypes }, largestAnswer: limits.bytes } as const
    const answer = await http.send(publicOnly ? { ...request, publicOnly } : request)
    if (!answer.ok) return undefined
    const { status, headers, bytes } = answer.value
    if (isSuccess(answer.value)) return readImage(bytes, limits)
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

/** The picture in these bytes; undefined when they are none, or a larger one. */
export const readImage = (bytes: Uint8Array, { side }: ImageLimits = defaultLimits): Image | undefined => {
  const size = imageSize(bytes)
  if (size === undefined || size.width > side || size.height > side) return undefined
  return { type: size.type, body: Uint8Array.from(bytes) }
}
