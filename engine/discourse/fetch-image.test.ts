import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { siteIcon } from '../../test/forum/site-icon.ts'
import { fetchImage, readImage } from './fetch-image.ts'
import type { Http, HttpRequest } from './http.ts'

const base = 'https://meta.example/forum'
const png = siteIcon('336699', 4)

/** A network with these addresses: bytes of a picture, or where a redirect leads. */
const network = (places: Readonly<Record<string, Buffer | string>>) => {
  const asked: HttpRequest[] = []
  const http: Http = {
    send: async (request) => {
      asked.push(request)
      const place = places[request.url]
      if (place === undefined) return fail('connection_refused', { host: request.url })
      const moved = typeof place === 'string'
      const bytes = moved ? Buffer.of() : place
      const headers = new Map(moved ? [['location', place]] : [])
      return ok({ status: moved ? 302 : 200, headers, bytes, text: '' })
    },
    close: async () => undefined,
  }
  return { http, asked }
}

describe('an image', () => {
  it.each([
    ['/forum/letter_avatar/eve/96/1.png', 'https://meta.example/forum/letter_avatar/eve/96/1.png', {}],
    ['//cdn.example/a.png', 'https://cdn.example/a.png', { publicOnly: true }],
    ['https://cdn.example/a.png', 'https://cdn.example/a.png', { publicOnly: true }],
  ])('is fetched from %s, without a key', async (address, url, where) => {
    const { http, asked } = network({ [url]: png })
    expect(await fetchImage(http, base, address)).toEqual({ type: 'image/png', body: Uint8Array.from(png) })
    expect(asked).toEqual([
      {
        method: 'GET',
        url,
        headers: { accept: 'image/png, image/jpeg, image/gif, image/webp' },
        largestAnswer: 200_000,
        ...where,
      },
    ])
  })

  it.each([
    'http://cdn.example/a.png',
    'http://meta.example/a.png',
    'https://localhost/a.png',
    'https://127.0.0.1:8443/a.png',
    'https://0.0.0.0/a.png',
    'https://10.0.0.1/a.png',
    'https://192.168.1.1/a.png',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/a.png',
    'https://[fe80::1]/a.png',
    'https://2130706433/a.png',
    'https://router/a.png',
    'https://eve:secret@cdn.example/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'https://',
  ])('is not fetched from %s', async (address) => {
    const { http, asked } = network({ [address]: png })
    expect(await fetchImage(http, base, address)).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('of a forum without encryption comes from that forum', async () => {
    const plain = 'http://localhost:3000'
    const { http } = network({ [`${plain}/a.png`]: png })
    expect(await fetchImage(http, plain, '/a.png')).toMatchObject({ type: 'image/png' })
  })

  it('of a forum on a private address comes from that address only', async () => {
    const home = 'https://192.168.1.7'
    const { http, asked } = network({ [`${home}/a.png`]: png, 'https://192.168.1.8/a.png': png })
    expect(await fetchImage(http, home, '/a.png')).toMatchObject({ type: 'image/png' })
    expect(await fetchImage(http, home, 'https://192.168.1.8/a.png')).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it('is fetched through redirects, under the same rules and up to a limit', async () => {
    const start = 'https://meta.example/a'
    const near = network({
      [start]: 'https://cdn.example/b',
      'https://cdn.example/b': '/c',
      'https://cdn.example/c': png,
    })
    expect(await fetchImage(near.http, base, '/a')).toMatchObject({ type: 'image/png' })
    for (const target of ['http://10.0.0.1/b', 'https://10.0.0.1/b', 'https://[::1]/b']) {
      const inward = network({ [start]: target, [target]: png })
      expect(await fetchImage(inward.http, base, '/a')).toBeUndefined()
      expect(inward.asked).toHaveLength(1)
    }
    const circle = network({ [start]: '/a' })
    expect(await fetchImage(circle.http, base, '/a')).toBeUndefined()
    expect(circle.asked).toHaveLength(4)
  })

  /** A few bytes that say they are a picture of this size. */
  const sized = (width: number, height: number): Buffer => {
    const bytes = Buffer.from(png)
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    return bytes
  }

  it('has a limited width and height, however few its bytes are', async () => {
    expect(readImage(sized(2048, 2048))).toMatchObject({ type: 'image/png' })
    for (const [width, height] of [
      [2049, 1],
      [1, 2049],
      [65_000, 65_000],
      [2 ** 32 - 1, 2 ** 32 - 1],
    ] as const) {
      expect(readImage(sized(width, height))).toBeUndefined()
      const { http } = network({ 'https://meta.example/a.png': sized(width, height) })
      expect(await fetchImage(http, base, '/a.png')).toBeUndefined()
    }
    const { http } = network({ 'https://meta.example/a.png': sized(600, 600) })
    expect(await fetchImage(http, base, '/a.png', { bytes: 50_000, side: 512 })).toBeUndefined()
  })

  it.each(['', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', '\0\0\x01\0', 'PNG', 'RIFF0000WAVE'])(
    'is refused when its bytes are %j',
    (text) => {
      expect(readImage(Buffer.from(text, 'latin1'))).toBeUndefined()
    },
  )
})
