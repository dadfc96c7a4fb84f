import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultNetwork } from '../../common/preferences/network-settings.ts'
import { Cancellation } from '../network/cancellation.ts'
import { createHttp, type HttpOptions, type HttpStack } from './http.ts'

// Against real servers on the loopback interface.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const httpOf = (options: Partial<HttpOptions> = {}): HttpStack => {
  const http = createHttp({ userAgent: 'DiscourseNotifier/test', ...options })
  ends.push(http.close)
  return http
}

const listen = async (server: NetServer): Promise<string> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serverOf = async (listener: RequestListener): Promise<{ url: string; server: Server }> => {
  const server = createServer(listener)
  return { url: await listen(server), server }
}

describe('a request', () => {
  it('carries a form, further headers and the key', async () => {
    const got: { request: IncomingMessage; body: string }[] = []
    const { url } = await serverOf(async (request, response) => {
      got.push({ request, body: await text(request) })
      response.end('{}')
    })
    const sent = await httpOf().send({
      method: 'POST',
      url: `${url}/message-bus/x/poll?dlp=t`,
      key: 'k',
      form: { '/notification/1': '-1', 'a b': 'c&d' },
      headers: { 'dont-chunk': 'true', 'user-agent': 'somebody else' },
    })
    expect(sent).toMatchObject({ ok: true, value: { status: 200, text: '{}' } })
    const { request, body } = got[0] ?? { request: undefined, body: '' }
    expect(request?.url).toBe('/message-bus/x/poll?dlp=t')
    expect(request?.headers).toMatchObject({
      'dont-chunk': 'true',
      'user-api-key': 'k',
      'user-agent': 'DiscourseNotifier/test',
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(body).toBe('%2Fnotification%2F1=-1&a%20b=c%26d')
  })

  it('does not follow redirects with its key', async () => {
    const elsewhere: string[] = []
    const other = await serverOf((request, response) => {
      elsewhere.push(request.url ?? '')
      response.end()
    })
    const { url } = await serverOf((request, response) =>
      response.writeHead(Number(request.url?.slice(1)), { location: `${other.url}/stolen` }).end(),
    )
    for (const status of [301, 302, 303, 307, 308]) {
      const sent = await httpOf().send({ method: 'GET', url: `${url}/${status}`, key: 'k' })
      expect(sent).toMatchObject({ ok: true, value: { status } })
    }
    expect(elsewhere).toEqual([])
  })

  it('ends at its deadline, however slowly the response trickles in', async () => {
    const { url } = await serverOf((_request, response) => {
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    })
    expect(await httpOf({ deadline: 200 }).send({ method: 'GET', url })).toMatchObject({
      failure: { code: 'timed_out' },
    })
  })

  it('reads no more than its limit', async () => {
    let isClosed = (): void => undefined
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve
    })
    const { url } = await serverOf((_request, response) => {
      response.on('close', isClosed)
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
        response.once('drain', more)
      }
      more()
    })
    const sent = await httpOf({ largestAnswer: 100_000 }).send({ method: 'GET', url })
    expect(sent).toMatchObject({ failure: { code: 'answer_too_large' } })
    await closed
  })

  it('is repeated once when its kept-alive connection was closed', async () => {
    let questions = 0
    const server = createNetServer((socket) => {
      let mine = 0
      socket.on('data', () => {
        questions += 1
        mine += 1
        if (mine > 1) socket.destroy()
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
      })
    })
    const url = await listen(server)
    const http = httpOf()
    expect(await http.send({ method: 'GET', url })).toMatchObject({ ok: true })
    expect(await http.send({ method: 'GET', url })).toMatchObject({ ok: true })
    expect(questions).toBe(3)
    // What changes something is not: nobody knows whether it was done.
    expect(await http.send({ method: 'POST', url, json: {} })).toMatchObject({ failure: { code: 'connection_lost' } })
  })

  it('is not repeated when a new connection breaks', async () => {
    let questions = 0
    const server = createNetServer((socket) => {
      socket.on('data', () => {
        questions += 1
        socket.destroy()
      })
    })
    const url = await listen(server)
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'connection_lost' } })
    expect(questions).toBe(1)
  })
})

describe('a response', () => {
  /** A server that writes this and closes. */
  const rawServerOf = (answer: string): Promise<string> =>
    listen(createNetServer((socket) => socket.once('data', () => socket.end(answer))))

  it('may be compressed, whether requested or not; a long poll requests no compression', async () => {
    const accepted: unknown[] = []
    const { url } = await serverOf((request, response) => {
      accepted.push(request.headers['accept-encoding'])
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
    })
    for (const held of [false, true]) {
      expect(await httpOf().send({ method: 'GET', url, held })).toMatchObject({ value: { text: '{"a":1}' } })
    }
    expect(accepted).toEqual(['gzip, br', 'identity'])
    expect(await httpOf().send({ method: 'HEAD', url })).toMatchObject({ value: { status: 200, text: '' } })
  })

  it('is limited in size after decompression', async () => {
    const { url } = await serverOf((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(3_000_000))),
    )
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'answer_too_large' } })
  })

  it('that does not match its encoding cannot be read', async () => {
    const { url } = await serverOf((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'br' }).end('<html>'),
    )
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'answer_unreadable' } })
  })

  it('may begin with a byte-order mark', async () => {
    const { url } = await serverOf((_request, response) => response.end('\ufeff{}'))
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ value: { text: '{}' } })
  })

  it.each([
    ['its length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}'],
    ['a status that there is not', 'HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\n{}'],
    ['no HTTP at all', 'hello\r\n\r\n'],
    [
      'a length besides chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    ['a chunk of no length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n{}\r\n0\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
    ['a line break in a header', 'HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\n{}'],
  ])('with %s is named as one against the rules', async (_, raw) => {
    const url = await rawServerOf(raw)
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'answer_malformed' } })
  })
})

it('a response with too many headers is too large', async () => {
  const { url } = await serverOf((_request, response) =>
    response.writeHead(200, { 'x-much': Array.from({ length: 20 }, () => 'x'.repeat(4000)) }).end('{}'),
  )
  expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'answer_too_large' } })
})

it.each([
  ['shorter than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}'],
  ['without its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'],
])('an answer %s is none', async (_, raw) => {
  const url = await listen(createNetServer((socket) => socket.once('data', () => socket.end(raw))))
  expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ failure: { code: 'connection_lost' } })
})

it('a response may follow an informational one, and end with its connection', async () => {
  const raw = 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}'
  const url = await listen(createNetServer((socket) => socket.once('data', () => socket.end(raw))))
  expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ value: { status: 200, text: '{}' } })
})

describe('an answer that costs more to read than its size tells', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'
  const bytewise = (bytes: Buffer): Buffer =>
    Buffer.concat([...bytes].map((byte) => Buffer.from([0x31, 0x0d, 0x0a, byte, 0x0d, 0x0a])))
  // Many archives of nothing, one after the other.
  const archives = Buffer.concat(Array<Buffer>(300).fill(gzipSync('')))
  it.each([
    ['informational ones', '', Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(30)), 'answer_malformed'],
    ['chunks of a byte', `${chunked}\r\n`, bytewise(Buffer.alloc(6000, ' ')), 'answer_too_large'],
    ['encoded', `${chunked}Content-Encoding: gzip\r\n\r\n`, bytewise(archives), 'answer_too_large'],
  ] as const)('is given up before it ends: %s', async (_, start, again, code) => {
    // It stays open: only a client that has had enough ends it.
    const server = createNetServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write(Buffer.concat([Buffer.from(start), again])))
    })
    const url = await listen(server)
    const held = { method: 'GET', url, held: true } as const
    expect(await httpOf({ heldDeadline: 60_000 }).send(held)).toMatchObject({ failure: { code } })
  })

  it('may come in a thousand pieces', async () => {
    const raw = `${chunked}\r\n${'1\r\n \r\n'.repeat(1000)}2\r\n{}\r\n0\r\n\r\n`
    const url = await listen(createNetServer((socket) => socket.once('data', () => socket.end(raw))))
    expect(await httpOf().send({ method: 'GET', url })).toMatchObject({ value: { text: `${' '.repeat(1000)}{}` } })
  })
})

it('a public-only request never connects to a private address, whatever the name', async () => {
  const { url, server } = await serverOf((_request, response) => response.end('{}'))
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  const named = url.replace('127.0.0.1', 'localhost')
  expect(await httpOf().send({ method: 'GET', url: named, publicOnly: true })).toMatchObject({ ok: false })
  expect(connections).toBe(0)
  expect(await httpOf().send({ method: 'GET', url: named })).toMatchObject({ ok: true })
})

describe('a long poll', () => {
  /** A forum that holds every `/poll` and answers everything else. */
  const holding = async () => {
    const held = new Set<IncomingMessage>()
    const { url } = await serverOf((request, response) => {
      if (request.url !== '/poll') return void response.end('{}')
      held.add(request)
      response.on('close', () => held.delete(request))
    })
    return { url, held }
  }

  it('never keeps ordinary requests waiting', async () => {
    const { url, held } = await holding()
    const http = httpOf({ deadline: 60_000 })
    const cancellations = Array.from({ length: 20 }, () => new Cancellation())
    const polls = cancellations.map((cancellation) =>
      http.send({ method: 'POST', url: `${url}/poll`, form: {}, held: true, cancellation }),
    )
    await expect.poll(() => held.size).toBe(20)
    expect(await http.send({ method: 'GET', url })).toMatchObject({ ok: true })
    for (const cancellation of cancellations) cancellation.cancel()
    for (const poll of await Promise.all(polls)) expect(poll).toEqual({ ok: false, failure: { code: 'cancelled' } })
    await expect.poll(() => held.size).toBe(0)
  })

  it('has a deadline of its own', async () => {
    const { url } = await holding()
    const http = httpOf({ deadline: 50, heldDeadline: 400 })
    const started = performance.now()
    const ended = await http.send({ method: 'GET', url: `${url}/poll`, held: true })
    expect(ended).toMatchObject({ failure: { code: 'timed_out' } })
    expect(performance.now() - started).toBeGreaterThan(300)
  })

  it('is not sent if it was aborted before', async () => {
    const { url, held } = await holding()
    const cancellation = new Cancellation()
    cancellation.cancel()
    const sent = await httpOf().send({ method: 'GET', url: `${url}/poll`, held: true, cancellation })
    expect(sent).toEqual({ ok: false, failure: { code: 'cancelled' } })
    expect(held.size).toBe(0)
  })

  it('delivers each piece as it arrives', async () => {
    const holding: ServerResponse[] = []
    const { url } = await serverOf((_request, response) => {
      holding.push(response)
      response.write('[]\r\n|\r\n')
    })
    const came: string[] = []
    const onBody = (bytes: Uint8Array): void => void came.push(Buffer.from(bytes).toString())
    const poll = httpOf().send({ method: 'POST', url, form: {}, held: true, onBody })
    await expect.poll(() => came).toEqual(['[]\r\n|\r\n'])
    holding[0]?.write('[1]\r\n|\r\n')
    await expect.poll(() => came).toEqual(['[]\r\n|\r\n', '[1]\r\n|\r\n'])
    holding[0]?.end()
    expect(await poll).toMatchObject({ ok: true, value: { text: '' } })
  })

  it('fails alone if its receiver throws', async () => {
    const { url } = await serverOf((_request, response) => void response.write('[]'))
    const onBody = (): void => {
      throw new Error('thrown by the receiver')
    }
    const poll = httpOf().send({ method: 'POST', url, form: {}, held: true, onBody })
    expect(await poll).toMatchObject({ failure: { code: 'connection_lost' } })
  })

  it('ends when the stack is closed', async () => {
    const { url, held } = await holding()
    const http = httpOf()
    const poll = http.send({ method: 'GET', url: `${url}/poll`, held: true })
    await expect.poll(() => held.size).toBe(1)
    // Also what goes on under settings that count no more.
    await http.setNetwork(defaultNetwork)
    await http.close()
    expect(await poll).toMatchObject({ ok: false })
  })
})

describe('connections', () => {
  it('are kept for the next request', async () => {
    const { url, server } = await serverOf((_request, response) => response.end('{}'))
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })
    // A server that says nothing of how long it keeps them, as nginx does.
    server.keepAliveTimeout = 0
    const http = httpOf()
    for (let asked = 0; asked < 3; asked++) expect(await http.send({ method: 'GET', url })).toMatchObject({ ok: true })
    expect(connections).toBe(1)
  })

  it('that are not yet established do not outlive their owner', async () => {
    const server = createNetServer()
    const url = await listen(server)
    const connected = once(server, 'connection')
    const http = httpOf()
    const asked = http.send({ method: 'GET', url: url.replace('http:', 'https:') })
    const [socket]: Socket[] = await connected
    const closed = once(socket ?? server, 'close')
    socket?.resume()
    await http.close()
    await closed
    expect(await asked).toMatchObject({ ok: false })
  })
})
