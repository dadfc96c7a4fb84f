/** What a picture says of itself: how many pixels a program reserves memory for, before it draws any. */
export interface ImageSize {
  readonly type: string
  readonly width: number
  readonly height: number
}

interface Side {
  readonly width: number
  readonly height: number
}

/**
 * Recognises a picture by its first bytes, whatever the server says, and reads its size from its header. A few thousand bytes
 * may say that they are 65,000 × 65,000 pixels, which would take a browser, or the desktop that shows a notification, 17 GB.
 * @returns undefined for any other format: SVG can contain scripts, an icon file many pictures, and what is coded in an AVIF
 *   may be larger than its header says. Also when the header has no size, or says nothing.
 */
export const imageSize = (bytes: Uint8Array): ImageSize | undefined => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const kind = kinds.find(({ begins }) => begins.test(head))
  const side = kind?.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (kind === undefined || side === undefined) return undefined
  return side.width > 0 && side.height > 0 ? { type: kind.type, ...side } : undefined
}

/** PNG, third edition, 11.2.1: the header comes first. */
const readPng = (bytes: Buffer): Side | undefined =>
  bytes.length >= 24 && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined

/** ITU-T T.81, B.1.1.3: markers of a frame's start are these, but for the three that mean something else. */
const isFrameStart = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
/** Where the picture's data starts. */
const scanStart = 0xda

/** ITU-T T.81, B.2: marker segments with their length, up to the frame's. */
const readJpeg = (bytes: Buffer): Side | undefined => {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (isFrameStart(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    else if (marker === scanStart) return undefined
    else at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

const [extension, imageDescriptor] = [0x21, 0x2c]

/**
 * GIF89a: the screen's size, or the size of a larger picture on it, which browsers make the screen's. A table of colours
 * follows when the highest bit of the flags says so.
 */
const readGif = (bytes: Buffer): Side | undefined => {
  if (bytes.length < 13) return undefined
  const colours = (flags: number): number => (flags >= 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  /** The end of blocks of data, the last of which is empty. */
  const afterBlocks = (from: number): number => {
    let at = from
    while ((bytes[at] ?? 0) !== 0) at += 1 + bytes.readUInt8(at)
    return at + 1
  }
  let [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
  let pictures = 0
  let at = 13 + colours(bytes.readUInt8(10))
  while (at + 10 <= bytes.length) {
    const block = bytes[at]
    if (block === extension) at = afterBlocks(at + 2)
    else if (block === imageDescriptor) {
      width = Math.max(width, bytes.readUInt16LE(at + 5))
      height = Math.max(height, bytes.readUInt16LE(at + 7))
      pictures += 1
      at = afterBlocks(at + 11 + colours(bytes.readUInt8(at + 9)))
    } else break
  }
  return pictures > 0 ? { width, height } : undefined
}

/** RFC 9649, 2.5 to 2.7, and RFC 6386, 9.1: one of three kinds of header. */
const readWebp = (bytes: Buffer): Side | undefined => {
  if (bytes.length < 30) return readShortWebp(bytes)
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ' && bytes.readUIntBE(23, 3) === 0x9d012a)
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  return readShortWebp(bytes)
}

/** A lossless picture may be shorter than the headers of the others. */
const readShortWebp = (bytes: Buffer): Side | undefined => {
  if (bytes.length < 25 || bytes.toString('latin1', 12, 16) !== 'VP8L' || bytes[20] !== 0x2f) return undefined
  const sides = bytes.readUInt32LE(21)
  return { width: (sides & 0x3fff) + 1, height: ((sides >>> 14) & 0x3fff) + 1 }
}

/** By their first bytes, each a letter (WHATWG MIME Sniffing, 6.1). */
const kinds = [
  { type: 'image/png', begins: /^\x89PNG\r\n.\n/s, read: readPng },
  { type: 'image/jpeg', begins: /^\xff\xd8\xff/, read: readJpeg },
  { type: 'image/gif', begins: /^GIF8[79]a/, read: readGif },
  { type: 'image/webp', begins: /^RIFF.{4}WEBP/s, read: readWebp },
] as const

/** For the header `Accept`: servers that choose are not to send what is refused here. */
export const readTypes = kinds.map(({ type }) => type).join(', ')
