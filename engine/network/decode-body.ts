import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** The encodings we accept: every supported Node has both, and every web server supports the first. */
export const acceptEncoding = 'gzip, br'

/** A body is larger than the limit, on the wire or decoded, or in too many pieces. */
export class BodyTooLarge extends Error {}

/** A body does not match its `Content-Encoding`, or is encoded in a way we cannot decode. */
export class BodyUndecodable extends Error {}

/** Nobody compresses twice on purpose, but a proxy may compress what a forum has compressed. */
const mostEncodings = 2

/** The encodings applied to a body, in that order; without `identity`, which means none. */
const encodingsOf = (contentEncoding: string | undefined): readonly string[] =>
  (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')

/** Whether a body has to be decoded, according to its `Content-Encoding`. */
export const isEncoded = (contentEncoding: string): boolean => encodingsOf(contentEncoding).length > 0

/**
 * Decodes a response body according to its `Content-Encoding`, as its bytes arrive. Servers may compress without being
 * asked (RFC 9110, 12.5.3), so this depends on the response only, not on what the request accepted.
 * @param body as received; leaving the loop early destroys it
 * @param contentEncoding the header, if there is one; supports gzip, br and deflate, in upper or lower case
 * @param limit the most bytes on the wire, and the most after decoding
 * @throws BodyTooLarge before more than that is held in memory; BodyUndecodable
 */
export async function* decodeBody(
  body: Readable,
  contentEncoding: string | undefined,
  limit: number,
): AsyncGenerator<Buffer> {
  const encodings = encodingsOf(contentEncoding)
  if (encodings.length > mostEncodings) throw new BodyUndecodable(contentEncoding)
  let decoded: AsyncIterable<Buffer> = limited(body, limit)
  for (const encoding of encodings.toReversed()) decoded = limited(decode(decoded, encoding), limit)
  try {
    yield* decoded
  } finally {
    // A generator that is waiting for more data cannot be ended from outside, but its source can.
    body.destroy()
  }
}

async function* limited(body: AsyncIterable<unknown>, limit: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > limit) throw new BodyTooLarge()
    yield chunk
  }
}

async function* decode(body: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]()
  const first = await chunks.next()
  // A response without a body may have the header, such as one to HEAD.
  if (first.done === true) return
  let lost: unknown
  const source = Readable.from(
    (async function* () {
      try {
        yield first.value
        yield* { [Symbol.asyncIterator]: () => chunks }
      } catch (error) {
        lost = error
        throw error
      }
    })(),
  )
  const decoder = createDecoder(encoding, first.value)
  // The loop below receives every error; leaving it destroys the source, and with it the request.
  pipeline(source, decoder, () => undefined)
  try {
    for await (const chunk of decoder) yield chunk
  } catch (error) {
    throw lost ?? new BodyUndecodable(encoding, { cause: error })
  }
}

/** `deflate` is zlib's format, but some servers send raw deflate under that name (RFC 9110, 8.4.1.2). */
const createDecoder = (encoding: string, first: Buffer): Transform => {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'br':
      return createBrotliDecompress()
    case 'deflate':
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
    default:
      throw new BodyUndecodable(encoding)
  }
}
