import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import * as path from 'node:path'
import { json } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { createAuthority } from '../../rig/authority.ts'
import { createMember, fillProfile } from './earlier-members.ts'
import type { Scene } from './scene.ts'

/** A forum on the public internet, as far as the program can tell. It and the trap lead to this computer. */
const forumName = 'forum.example'

/**
 * Loaded into the program before its own code: resolves names, and notes every address that a TCP connection is begun
 * to, whether or not anything answers there.
 */
const hook = (notes: string): string => `
const dns = require('node:dns')
const { lookup } = dns
const addresses = ${JSON.stringify(resolved)}
dns.lookup = (name, options, done) => {
  if (addresses[name] === undefined) return lookup(name, options, done)
  const [callback, { all = false } = {}] = typeof options === 'function' ? [options] : [done, options]
  const found = { address: addresses[name], family: addresses[name].includes(':') ? 6 : 4 }
  process.nextTick(() => (all ? callback(null, [found]) : callback(null, found.address, found.family)))
}
require('node:module').syncBuiltinESMExports()
const { TCP } = process.binding('tcp_wrap')
for (const name of ['connect', 'connect6']) {
  const { [name]: connect } = TCP.prototype
  TCP.prototype[name] = function (request, address, port) {
    require('node:fs').appendFileSync(${JSON.stringify(notes)}, address + ' ' + port + '\\n')
    return connect.apply(this, arguments)
  }
}
`

/** Names whose addresses are private. */
const resolved: Readonly<Record<string, string>> = {
  [forumName]: '127.0.0.1',
  'pictures.example': '127.0.0.1',
  'office.example': '10.0.0.1',
  'six.example': '::1',
  'mapped.example': '::ffff:127.0.0.1',
  'local.example': 'fd00::1',
  intranet: '127.0.0.1',
}

/** Where a forum would have us go: every spelling of what is private. */
const hosts = [
  ...['127.0.0.1', 'localhost', 'pictures.example', '10.0.0.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]', 'intranet'],
  ...['127.0.0.2', '127.1', '127.0.0.1.', '2130706433', '0x7f.1', '0x7f000001', '0177.0.0.1', '017700000001', '0'],
  ...['172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['localhost.', 'LOCALHOST', 'pictures.localhost', '１２７.０.０.１', '127。0。0。1', 'ｌocalhost', '127.0.0.%31'],
  ...['[::]', '[0:0:0:0:0:0:0:1]', '[::127.0.0.1]', '[::ffff:a00:1]', '[::ffff:0:127.0.0.1]', '[fe80::1]', '[fec0::1]'],
  ...['[fd00::1]', '[ff02::1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::1]', '[2001::1]'],
  ...['office.example', 'six.example', 'mapped.example', 'local.example', 'PICTURES.example.'],
] as const

/** How a forum leads there; `/led` redirects to the rest of its query. */
const ways: readonly ((host: string) => string)[] = [
  (host) => `https://${host}/p.png`,
  (host) => `/led?https://${host}/p.png`,
  (host) => `//${host}/p.png`,
  (host) => `/led?/led?//${host}/p.png`,
  (host) => `http://${host}/p.png`,
  (host) => `https:\\\\${host}\\p.png`,
  (host) => `/led?https://${forumName}@${host}/p.png`,
]

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)
/** The same, but it says that it is 65,000 pixels wide and high, which takes 17 GB. */
const hugePng = Buffer.from(png).fill(Buffer.from('0000fde80000fde8', 'hex'), 16, 24)
/** A small GIF with a picture in it that is as large. */
const hugeGif = Buffer.from('474946383961010001000000002c0000000060ea60ea000002024401003b', 'hex')
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** Answers of the forum itself that are no picture; none may reach a page. */
const fakes: Readonly<Record<string, (answer: ServerResponse) => void>> = {
  svg: (answer) => answer.writeHead(200, { 'content-type': 'image/svg+xml' }).end(svg),
  'svg-as-png': (answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end(svg),
  bomb: (answer) => answer.writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'gzip' }).end(packed()),
  page: (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
  'svg-after-mark': (answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end(`\ufeff${svg}`),
  empty: (answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end(),
  large: (answer) => answer.writeHead(200).end(Buffer.concat([png, Buffer.alloc(2_000_000)])),
  reset: (answer) => answer.writeHead(200, { 'content-length': '1000' }).write(png, () => answer.destroy()),
  circle: (answer) => answer.writeHead(302, { location: '/fake?circle' }).end(),
  nowhere: (answer) => answer.writeHead(302).end(),
  data: (answer) => answer.writeHead(302, { location: `data:image/png;base64,${png.toString('base64')}` }).end(),
  file: (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  script: (answer) => answer.writeHead(302, { location: 'javascript:alert(1)' }).end(),
  bitmap: (answer) => answer.writeHead(200, { 'content-type': 'image/bmp' }).end(Buffer.from('BM'.padEnd(100, '\0'))),
  endless: (answer) => void feed(answer, Buffer.alloc(16_384, 1), 0),
  'huge-png': (answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end(hugePng),
  'huge-gif': (answer) => answer.writeHead(200, { 'content-type': 'image/gif' }).end(hugeGif),
  'icon-file': (answer) => answer.writeHead(200).end(Buffer.concat([Buffer.from('000001000100', 'hex'), png])),
  avif: (answer) => answer.writeHead(200).end(Buffer.from('\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf', 'latin1')),
  slow: (answer) => void feed(answer, png.subarray(0, 1), 1000),
}

let bomb: Buffer | undefined
const packed = (): Buffer => {
  bomb ??= gzipSync(Buffer.concat([png, Buffer.alloc(64 * 2 ** 20)]))
  return bomb
}

/** Sends the same bytes until the client hangs up. @param pause between two, in milliseconds */
const feed = (answer: ServerResponse, bytes: Uint8Array, pause: number): void => {
  answer.writeHead(200, { 'content-type': 'image/png' })
  const timer = setInterval(() => answer.writableLength < 2 ** 20 && answer.write(bytes), pause)
  answer.once('close', () => clearInterval(timer))
}

/**
 * A forum on the public internet that says of each face, avatar and icon that it is at a private address, there
 * plainly or by redirects, or gives something else in its place: no connection to a private address is begun, and
 * nothing but the one true picture reaches the page.
 * @param isLong every address by two ways, not a few of them
 */
export const layTraps = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, forum, tally } = scene
  let caught = 0
  const trap = createServer((socket) => {
    caught += 1
    socket.destroy()
  })
  const trapPort = await listen(trap, '::')
  const led = hosts.flatMap((host, index) =>
    // Each way as often as the others: all of them for each host would use up what may be asked of a forum in a minute.
    ways
      .filter((_, way) => (isLong ? [index % 7, (index + 3) % 7].includes(way) : index < 8 && way === index % 2))
      .map((way) => way(`${host}:${trapPort}`)),
  )
  const faked = Object.keys(fakes)
    .filter((_, index) => isLong || index < 4)
    .map((name) => `/fake?${name}`)
  const pictures = ['/true.png', ...faked, ...led]
  const asked = new Set<string>()
  const authority = createAuthority()
  const front = createTlsServer(authority.certify([`DNS:${forumName}`]), (request, answer) => {
    asked.add(request.url ?? '')
    void serve(request, answer, { forumUrl: forum.url, pictures })
  })
  const frontPort = await listen(front, '127.0.0.1')
  const [script, notes] = ['hook.cjs', 'connections.txt'].map((name) => path.join(machine.home, name)) as [
    string,
    string,
  ]
  writeFileSync(script, hook(notes))
  for (let from = 0; from < pictures.length; from += rowsEach) {
    const user = `led${from}`
    const member = createMember(forum, user, from + 1, `https://${forumName}:${frontPort}`)
    const shown = pictures.slice(from, from + rowsEach)
    for (const [index] of shown.entries())
      forum.notify({ user, type: 'mentioned', from: user, topicTitle: `Picture ${from + index}` })
    await fillProfile(machine, [member])
    await machine.start({ args: ['--ca', authority.file], env: { NODE_OPTIONS: `--require ${script}` } })
    const { accounts } = await machine.until(
      'all rows are listed',
      (snapshot) => snapshot.accounts.length === 1 && snapshot.accounts[0]?.items?.length === shown.length,
    )
    const faces = facesOf({ accounts })
    const origin = new URL(machine.url()).origin
    await Promise.all(
      shown.map(async (picture, index) => {
        const { status, headers } = await fetch(`${origin}${faces.get(`Picture ${from + index}`)}`)
        const isTrue = picture === '/true.png'
        if ((status === 200) !== isTrue) tally.lose('let in', `${picture}: ${status} ${headers.get('content-type')}`)
        const kind = isTrue ? 'a real one' : picture.startsWith('/fake') ? 'a fake' : 'at a private address'
        tally.inject(`picture: ${kind}`)
      }),
    )
    await machine.quit()
  }
  for (const picture of [...faked, ...led].filter((address) => /^\/[a-z]/.test(address))) {
    const { pathname, search } = new URL(picture, `https://${forumName}`)
    if (!asked.has(pathname + search)) tally.lose('let in', `${picture} was not tried`)
  }
  const begun = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []
  const allowed = `127.0.0.1 ${frontPort}`
  if (!begun.includes(allowed)) tally.lose('let in', 'connections were not noted')
  for (const one of begun) if (one !== allowed) tally.lose('let in', `a connection to ${one}`)
  if (caught > 0) tally.lose('let in', `${caught} connections to the trap`)
  trap.close()
  front.closeAllConnections()
  front.close()
  authority.remove()
}

/** With redirects these are as many requests for pictures as one forum is sent in ten seconds. */
const rowsEach = 10

const listen = async (server: Server, host: string): Promise<number> => {
  server.listen(0, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** The paths of faces on the page, by the titles of their rows. */
const facesOf = ({
  accounts,
}: {
  readonly accounts: readonly { readonly items: Rows }[]
}): ReadonlyMap<string, string> =>
  new Map(
    accounts.flatMap(({ items }) =>
      (items ?? []).flatMap(({ title, face }) =>
        title === null || face === undefined ? [] : [[title, face] as const],
      ),
    ),
  )

type Rows = readonly { readonly title: string | null; readonly face?: string | undefined }[] | null

/** The encrypted server in front of the forum. */
const serve = async (
  request: IncomingMessage,
  answer: ServerResponse,
  { forumUrl, pictures }: { readonly forumUrl: string; readonly pictures: readonly string[] },
): Promise<void> => {
  const { url = '/', method, headers } = request
  const query = url.slice(url.indexOf('?') + 1)
  if (url.startsWith('/led?')) return void answer.writeHead(302, { location: query }).end()
  if (url.startsWith('/fake?')) return fakes[query]?.(answer)
  if (url === '/true.png') return void answer.writeHead(200).end(png)
  const forwarded = ask(forumUrl + url, { method, headers: { ...headers, 'accept-encoding': 'identity' } })
  forwarded.once('error', () => answer.destroy())
  answer.once('close', () => forwarded.destroy())
  request.pipe(forwarded)
  const [from] = (await once(forwarded, 'response')) as [IncomingMessage]
  const { 'content-length': _, ...rest } = from.headers
  answer.writeHead(from.statusCode ?? 502, rest)
  const mislead = from.statusCode === 200 ? misleads.find(([path]) => url.startsWith(path))?.[1] : undefined
  if (mislead === undefined) return void from.pipe(answer)
  answer.end(JSON.stringify(mislead((await json(from)) as Json, pictures)))
}

type Json = { readonly [name: string]: unknown }

/** What the forum says of pictures, by the beginning of the path. */
const misleads: readonly (readonly [path: string, change: (said: Json, pictures: readonly string[]) => Json])[] = [
  [
    '/notifications.json',
    (said, pictures) => ({
      ...said,
      notifications: (said['notifications'] as readonly Json[]).map((row) => ({
        ...row,
        acting_user_avatar_template: pictures[Number(/\d+/.exec(String(row['fancy_title'])))],
      })),
    }),
  ],
  [
    '/session/current.json',
    (said, pictures) => ({
      ...said,
      current_user: { ...(said['current_user'] as Json), avatar_template: pictures.at(-1) },
    }),
  ],
  [
    '/site/basic-info.json',
    (said, pictures) => ({
      ...said,
      apple_touch_icon_url: pictures.at(-2),
      favicon_url: pictures.at(-3),
      logo_small_url: pictures.at(-4),
    }),
  ],
]
