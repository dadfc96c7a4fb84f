import { PassThrough, Readable } from 'node:stream'
import { brotliCompressSync, constants, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { BodyTooLarge, BodyUndecodable, decodeBody } from './decode-body.ts'

const text = JSON.stringify({ unread_notifications: 3 })
const encoders = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
} as const

const inPieces = (bytes: Buffer, size = 7): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )

const read = async (bytes: Buffer, encoding: string | undefined, limit = 1_000_000): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of decodeBody(inPieces(bytes), encoding, limit)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('the body of an answer', () => {
  it.each(Object.entries(encoders))('is decoded from %s', async (encoding, encode) => {
    expect(await read(encode(text), encoding)).toBe(text)
    expect(await read(encode(text), encoding.toUpperCase())).toBe(text)
  })

  it('is decoded from bare deflate, from two encodings, and left alone without one', async () => {
    expect(await read(deflateRawSync(text), 'deflate')).toBe(text)
    expect(await read(brotliCompressSync(gzipSync(text)), 'gzip, br')).toBe(text)
    expect(await read(Buffer.from(text), undefined)).toBe(text)
    expect(await read(Buffer.from(text), 'identity')).toBe(text)
  })

  it.each(['gzip', 'br', 'deflate'])('may be empty under %s', async (encoding) => {
    expect(await read(Buffer.alloc(0), encoding)).toBe('')
  })

  it.each(Object.keys(encoders))('that is not really %s is undecodable', async (encoding) => {
    await expect(read(Buffer.from(text), encoding)).rejects.toThrow(BodyUndecodable)
  })

  it('that ends early, is encoded too often or in an unknown way is undecodable', async () => {
    await expect(read(gzipSync(text).subarray(0, 20), 'gzip')).rejects.toThrow(BodyUndecodable)
    await expect(read(gzipSync(text), 'gzip, gzip, gzip')).rejects.toThrow(BodyUndecodable)
    await expect(read(gzipSync(text), 'zstd')).rejects.toThrow(BodyUndecodable)
  })

  it.each(Object.entries(encoders))('that is a %s bomb is decoded only up to the limit', async (encoding, encode) => {
    const bomb = encode(Buffer.alloc(10_000_000))
    expect(bomb.length).toBeLessThan(20_000)
    let size = 0
    const drain = async () => {
      for await (const chunk of decodeBody(inPieces(bomb, 1000), encoding, 1_000_000)) size += chunk.length
    }
    await expect(drain()).rejects.toThrow(BodyTooLarge)
    expect(size).toBeLessThanOrEqual(1_000_000)
  })

  it('that is a bomb inside a bomb is too large', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(50_000_000)))
    await expect(read(bomb, 'gzip, gzip')).rejects.toThrow(BodyTooLarge)
  })

  it('that never ends and decodes to nothing is cut too', async () => {
    async function* emptyBlocks() {
      yield gzipSync('').subarray(0, 10)
      for (;;) yield Buffer.from('000000ffff', 'hex')
    }
    const drain = async () => {
      for await (const _ of decodeBody(Readable.from(emptyBlocks()), 'gzip', 10_000)) void _
    }
    await expect(drain()).rejects.toThrow(BodyTooLarge)
  })

  it('arrives as soon as the server flushes it, and destroys the source when the reader stops', async () => {
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
    const held = gzip.pipe(new PassThrough())
    gzip.write(text)
    for await (const chunk of decodeBody(held, 'gzip', 1000)) {
      expect(chunk.toString()).toBe(text)
      break
    }
    expect(held.destroyed).toBe(true)
  })

  it('that breaks off fails for that reason', async () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    async function* broken() {
      yield gzipSync(text).subarray(0, 15)
      throw reset
    }
    const drain = async () => {
      for await (const _ of decodeBody(Readable.from(broken()), 'gzip', 1000)) void _
    }
    await expect(drain()).rejects.toBe(reset)
  })

  it('is decoded, undecodable or too large, whatever arrives', async () => {
    const encoding = fc.constantFrom('gzip', 'br', 'deflate', 'gzip, br', 'x', '')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), encoding, async (bytes, name) => {
        const outcome = await read(Buffer.from(bytes), name, 150).catch((error: unknown) => error)
        const isExpected =
          typeof outcome === 'string' || outcome instanceof BodyUndecodable || outcome instanceof BodyTooLarge
        expect(isExpected).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
