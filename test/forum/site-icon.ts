import { crc32, deflateSync } from 'node:zlib'

/** A square PNG of one colour (six hex digits) with a round hole of white: enough to be seen and decoded. */
export function siteIcon(color: string, size: number): Buffer {
  const rgb = Buffer.from(color, 'hex')
  const middle = (size - 1) / 2
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([
      Buffer.of(0),
      ...Array.from({ length: size }, (_, x) =>
        Math.hypot(x - middle, y - middle) < size / 4 ? Buffer.of(255, 255, 255) : rgb,
      ),
    ]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits for each of three colours, no palette, no interlacing.
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, check])
}
