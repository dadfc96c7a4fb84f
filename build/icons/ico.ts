/** A square image as `resvg` renders it: RGBA, four bytes per pixel, with premultiplied alpha. */
export interface Pixels {
  readonly width: number
  readonly pixels: Uint8Array
}

/**
 * Encodes an `.ico` file with an image in several sizes, of which Windows picks the one it needs. Uses bitmaps with
 * alpha rather than PNG, which the format allows for the largest size only (learn.microsoft.com, “Icons” in Win32
 * reference; BITMAPINFOHEADER in wingdi.h).
 */
export const ico = (pictures: readonly Pixels[]): Buffer => {
  const images = pictures.map(bitmap)
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, image] of images.entries()) {
    const at = 6 + 16 * index
    const width = pictures[index]?.width ?? 0
    head.writeUInt8(width % 256, at)
    head.writeUInt8(width % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(image.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += image.length
  }
  return Buffer.concat([head, ...images])
}

/**
 * BGRA rows from the bottom up, followed by the legacy 1-bit mask, which is empty because the alpha channel replaces
 * it.
 */
const bitmap = ({ width, pixels }: Pixels): Buffer => {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(width, 4)
  // The height includes the mask.
  header.writeInt32LE(width * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const colors = Buffer.alloc(width * width * 4)
  const read = Buffer.from(pixels)
  for (let index = 0; index < width * width; index++) {
    const [x, y] = [index % width, Math.floor(index / width)]
    const target = ((width - 1 - y) * width + x) * 4
    const alpha = read.readUInt8(index * 4 + 3)
    for (const channel of [0, 1, 2]) {
      const value = alpha === 0 ? 0 : Math.min(255, Math.round((read.readUInt8(index * 4 + channel) * 255) / alpha))
      colors.writeUInt8(value, target + 2 - channel)
    }
    colors.writeUInt8(alpha, target + 3)
  }
  const maskRow = Math.ceil(width / 32) * 4
  return Buffer.concat([header, colors, Buffer.alloc(maskRow * width)])
}
