import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What we ask for: both are in every supported Node, and every web server has the first. */
export const acceptEncoding = 'gzip, br'

/** A body has more bytes than may be read, on the wire or decoded. */
export class BodyTooLarge extends Error {}

/** A body is not what its `Content-Encoding` says, or that names something we cannot decode. */
export class BodyUndecodable extends Error {}

/** Nobody compresses twice on purpose, but a proxy may compress what a forum has compressed. */
const mostEncodings = 2

/** What was done to a body, in that order; nothing for `identity`, which says so. */
const encodingsOf = (contentEncoding: string | undefined): readonly string[] =>
  (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')

/** Whether a body has to be decoded, after its `Content-Encoding`. */
export const isEncoded = (contentEncoding: string): boolean => encodingsOf(contentEncoding).length > 0

/**
 * The bytes of an answer, with what `Content-Encoding` says undone, as soon as they arrive. Servers may compress
 * without being asked (RFC 9110, 12.5.3), so this depends on the answer only, not on what was accepted.
 * @param body as it comes from the wire; whoever leaves the loop early ends it
 * @param contentEncoding the header, if there is one; gzip, br and deflate are known, by whatever case
 * @param limit the most bytes that may come over the wire, and the most that may come out of them
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
    // A generator that waits for more cannot be ended from outside; its source can.
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
  // The header may stand on an answer without a body, such as one to HEAD.
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
  // The loop below gets every error; leaving it ends the source, and with it the request.
  pipeline(source, decoder, () => undefined)
  try {
    for await (const chunk of decoder) yield chunk
  } catch (error) {
    throw lost ?? new BodyUndecodable(encoding, { cause: error })
  }
}

/** `deflate` is zlib's format, but some servers send bare deflate under that name (RFC 9110, 8.4.1.2). */
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
