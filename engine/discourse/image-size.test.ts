import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { processorTime } from '../../test/rig/processor-time.ts'
import { fc } from '../../test/rig/properties.ts'
import { imageSize } from './image-size.ts'

/** Little or big endian numbers of so many bytes. */
const little = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}
const big = (value: number, bytes: number): Buffer => Buffer.from(little(value, bytes)).reverse()
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

const png = (width: number, height: number): Buffer =>
  Buffer.concat([latin('\x89PNG\r\n\x1a\n'), big(13, 4), latin('IHDR'), big(width, 4), big(height, 4), Buffer.alloc(9)])

const gifFrame = (width: number, height: number): Buffer =>
  // At its place, without colours of its own; then one block of data.
  Buffer.concat([latin(','), Buffer.alloc(4), little(width, 2), little(height, 2), latin('\0\x02\x01D\0')])
const gif = (width: number, height: number, ...frames: readonly Buffer[]): Buffer =>
  Buffer.concat([
    ...[latin('GIF89a'), little(width, 2), little(height, 2), Buffer.of(0x80, 0, 0), Buffer.alloc(6)],
    // A comment, which may hold anything.
    latin('!\xfe\x03,,,\0'),
    ...frames,
    latin(';'),
  ])

const jpegPart = (marker: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0xff, marker), big(data.length + 2, 2), data])
const jpeg = (width: number, height: number, marker = 0xc0): Buffer =>
  Buffer.concat([
    Buffer.of(0xff, 0xd8),
    // With a thumbnail in it, whose size counts for nothing, and with a byte to fill up.
    jpegPart(0xe1, Buffer.concat([latin('Exif\0\0'), Buffer.of(0xff, 0xd8), jpegPart(0xc0, Buffer.alloc(15, 8))])),
    jpegPart(0xc4, Buffer.alloc(20)),
    Buffer.of(0xff),
    jpegPart(marker, Buffer.concat([Buffer.of(8), big(height, 2), big(width, 2), Buffer.of(1, 1, 0x11, 0)])),
    jpegPart(0xda, Buffer.alloc(8)),
  ])

const webp = (kind: string, data: Buffer): Buffer =>
  Buffer.concat([latin('RIFF'), little(data.length + 12, 4), latin(`WEBP${kind}`), little(data.length, 4), data])
const lossy = (width: number, height: number): Buffer =>
  webp('VP8 ', Buffer.concat([Buffer.alloc(3), Buffer.of(0x9d, 0x01, 0x2a), little(width, 2), little(height, 2)]))
const lossless = (width: number, height: number): Buffer =>
  webp('VP8L', Buffer.concat([Buffer.of(0x2f), little(((height - 1) * 2 ** 14 + width - 1) % 2 ** 32, 4)]))
const extended = (width: number, height: number): Buffer =>
  webp('VP8X', Buffer.concat([Buffer.alloc(4), little(width - 1, 3), little(height - 1, 3)]))

type Maker = (width: number, height: number) => Buffer
const kinds: readonly (readonly [name: string, most: number, make: Maker, type: string])[] = [
  ['PNG', 2 ** 31 - 1, png, 'image/png'],
  ['JPEG', 65_535, jpeg, 'image/jpeg'],
  ['progressive JPEG', 65_535, (width, height) => jpeg(width, height, 0xc2), 'image/jpeg'],
  ['GIF', 65_535, (width, height) => gif(width, height, gifFrame(1, 1)), 'image/gif'],
  [
    'GIF with a larger picture in it',
    65_535,
    (width, height) => gif(1, 1, gifFrame(width, height), gifFrame(1, 1)),
    'image/gif',
  ],
  ['lossy WebP', 16_383, lossy, 'image/webp'],
  ['lossless WebP', 16_384, lossless, 'image/webp'],
  ['extended WebP', 2 ** 24, extended, 'image/webp'],
]

describe.each(kinds)('a %s', (_name, most, make, type) => {
  it('tells its size, whatever it is', () => {
    const side = fc.integer({ min: 1, max: most })
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(imageSize(make(width, height))).toEqual({ type, width, height })
      }),
    )
  })

  it('is refused when it ends before its size', () => {
    const whole = make(7, 9)
    for (let length = 0; length < whole.length; length += 1) {
      const read = imageSize(whole.subarray(0, length))
      if (read !== undefined) expect(read).toEqual({ type, width: 7, height: 9 })
    }
    expect(imageSize(whole.subarray(0, 20))).toBeUndefined()
  })

  it('is read or refused in whatever order its bytes are', () => {
    const whole = make(7, 9)
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        const read = imageSize(bytes)
        if (read !== undefined) expect([read.width > 0, read.height > 0]).toEqual([true, true])
      }),
    )
  })
})

describe('what has no size that can be trusted', () => {
  it.each([
    ['nothing', Buffer.of()],
    ['SVG', latin('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['SVG after spaces', latin('\n  <?xml version="1.0"?><svg/>')],
    ['an icon file, of many pictures', Buffer.concat([latin('\0\0\x01\0\x01\0\x10\x10'), png(16, 16)])],
    ['a bitmap', latin('BM'.padEnd(60, '\x01'))],
    ['AVIF, whose coded picture may be larger than it says', latin('\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf')],
    ['packed PNG', deflateSync(png(9, 9))],
    [
      'PNG with another chunk first',
      Buffer.concat([png(9, 9).subarray(0, 8), big(13, 4), latin('IDAT'), Buffer.alloc(17, 1)]),
    ],
    ['PNG without an extent', png(0, 9)],
    ['JPEG whose height comes later', jpeg(9, 0)],
    ['JPEG without a frame', Buffer.concat([Buffer.of(0xff, 0xd8), jpegPart(0xda, Buffer.alloc(40))])],
    ['GIF without a picture', gif(9, 9)],
    ['WebP of an unknown kind', webp('ALPH', Buffer.alloc(20, 1))],
    ['WebP without a key frame', webp('VP8 ', Buffer.alloc(20, 1))],
  ])('is refused: %s', (_name, bytes) => {
    expect(imageSize(bytes)).toBeUndefined()
  })

  it('is found out in a time that grows with the bytes', async () => {
    const parts = [Buffer.of(0xff, 0xd8), ...Array.from({ length: 50_000 }, () => jpegPart(0xe0, Buffer.of()))]
    const frames = Array.from({ length: 14_000 }, () => gifFrame(3, 3))
    const [endless, long] = [Buffer.concat(parts), gif(3, 3, ...frames)]
    const took = await processorTime(() => {
      expect(imageSize(endless)).toBeUndefined()
      expect(imageSize(long)).toEqual({ type: 'image/gif', width: 3, height: 3 })
    })
    expect(took).toBeLessThan(1000)
  })
})
