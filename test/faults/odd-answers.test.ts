import { createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createBusStream } from '../../engine/discourse/bus-stream.ts'
import { createForumClient } from '../../engine/discourse/forum-client.ts'
import { createHttp } from '../../engine/discourse/http.ts'
import { inspectSite } from '../../engine/discourse/inspect-site.ts'
import { listenOnLoopback } from '../rig/listen-on-loopback.ts'
import { longestTurn } from '../rig/longest-turn.ts'
import { slowness } from '../rig/slowness.ts'
import { useProcessor } from '../rig/use-processor.ts'
import { type OddAnswer, oddAnswers } from './odd-answers.ts'

// Whatever a server writes, byte by byte: no answer holds the loop for 50 ms, none throws, and none confirms a change.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const write = async (socket: Socket, { bytes, again, apart = false }: OddAnswer): Promise<void> => {
  const isOpen = (): boolean => !socket.destroyed && socket.writable
  socket.setNoDelay()
  for (let at = 0; isOpen() && at < bytes.length; at += apart ? 1 : bytes.length) {
    socket.write(apart ? bytes.subarray(at, at + 1) : bytes)
    if (apart) await new Promise(setImmediate)
  }
  let sent = 0
  const more = (): void => {
    if (!isOpen()) return
    if (again === undefined || sent >= again.most) return void socket.end()
    sent += again.bytes.length
    if (socket.write(again.bytes)) setImmediate(more)
    else socket.once('drain', more)
  }
  more()
}

const serve = async (answer: OddAnswer): Promise<string> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.once('data', () => void write(socket, answer))
  })
  const { host, stop } = await listenOnLoopback(server, sockets)
  ends.push(stop)
  return `http://${host}`
}

/** In milliseconds; an answer that does not end is given up. */
const deadline = 500

/** Asks everything that reads an answer in its own way. */
const ask = async (base: string): Promise<{ readonly marked: boolean; readonly revoked: boolean }> => {
  const http = createHttp({ userAgent: 'DiscourseNotifier/test', deadline, heldDeadline: deadline })
  try {
    const client = createForumClient(http, base, 'key')
    await client.session()
    await client.notifications('eve', 50)
    await inspectSite(http, base)
    const marked = await client.markRead(1)
    const revoked = await client.revoke()
    const stream = createBusStream()
    await http.send({
      ...{ method: 'POST', url: `${base}/message-bus/x/poll`, form: {}, held: true },
      onBody: (bytes) => void stream.read(bytes),
    })
    stream.end()
    return { marked: marked.ok, revoked: revoked.ok }
  } finally {
    await http.close()
  }
}

it('a turn of 60 ms is noticed', async () => {
  expect(await longestTurn(async () => useProcessor(60))).toBeGreaterThan(50)
})

it.each(Object.keys(oddAnswers))('an answer that is odd: %s', async (name) => {
  const base = await serve(oddAnswers[name]?.() ?? { bytes: new Uint8Array() })
  const turns: number[] = []
  // What is compiled or collected by V8 in one round, it need not do in another.
  for (let round = 0; round < 3 && !turns.some((turn) => turn < 30); round += 1) {
    turns.push(await longestTurn(async () => expect(await ask(base)).toEqual({ marked: false, revoked: false })))
  }
  expect(Math.min(...turns)).toBeLessThan(50 * slowness())
})
