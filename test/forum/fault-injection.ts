import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { seededRandom } from '../rig/seeded-random.ts'
import type { Fault } from './faults.ts'
import type { ForumContext } from './forum-context.ts'
import { hostileAnswers, type RawConnection } from './hostile-answers.ts'
import { hostileJson } from './hostile-json.ts'
import { refuseLimited } from './refusal.ts'

const SECOND = 1000
const RESET_AFTER = 20

const CHUNK = `"${'x'.repeat(64 * 1024)}",`

/**
 * Applies the active faults to a request. Returns the answer that replaces the forum's; otherwise the request reaches
 * the forum, perhaps late or without its key, and the forum's answer may get lost.
 */
export async function injectFaults(
  c: ForumContext,
  pathBelowFolder: string,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const { faults: plan, clock } = c.get('site')
  const { outgoing } = c.env
  const faults = plan.take(pathBelowFolder)
  for (const fault of faults) {
    if (fault.kind === 'cut')
      outgoing.once(
        'close',
        clock.after(fault.afterMs, () => c.env.incoming.socket.destroy()),
      )
    if (fault.kind === 'latency') await delay(c, fault.ms)
    if (fault.kind === 'strip-key') c.set('keyHeader', undefined)
  }
  for (const fault of faults) {
    const answer = answerOf(c, fault, pathBelowFolder)
    if (answer !== null) return answer
  }
  await next()
  if (faults.some(({ kind }) => kind === 'buffer')) await buffer(c)
  for (const fault of faults) if (fault.kind === 'hostile-json') await makeHostile(c, fault.seed)
  if (faults.some(({ kind }) => kind === 'drop-answer')) {
    // The log keeps the forum's answer, because that is what it has done.
    c.get('logged')({ status: c.res.status })
    c.env.incoming.socket.destroy()
    c.res = RESPONSE_ALREADY_SENT
  }
  return undefined
}

/** The request is open again as soon as the clock is there: nobody can find the forum quiet in between. */
function delay(c: ForumContext, ms: number): Promise<void> {
  const { clock, openRequests } = c.get('site')
  openRequests.wait(c.env.outgoing)
  return new Promise((resolve) => {
    clock.after(ms, () => {
      openRequests.goOn(c.env.outgoing)
      resolve()
    })
  })
}

function answerOf(c: ForumContext, fault: Fault, path: string): Response | null {
  switch (fault.kind) {
    case 'latency':
    case 'drop-answer':
    case 'strip-key':
    case 'cut':
    case 'buffer':
    case 'hostile-json':
      return null
    case 'hostile':
      hostileAnswers[fault.answer](rawConnection(c))
      return RESPONSE_ALREADY_SENT
    case 'error-page':
      return proxyPage(
        fault.status,
        fault.status === 502 ? 'Bad Gateway' : 'Service Unavailable',
        fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) },
      )
    case 'html':
      return proxyPage(200, 'Log in to this network')
    case 'drop':
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    case 'flood':
      return new Response(flood(fault.bytes ?? Number.POSITIVE_INFINITY), {
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
      })
    case 'limited':
      return refuseLimited(c, { errorCode: 'user_api_key_limiter_1_day', waitSeconds: fault.retryAfter })
    case 'queue':
      return c.text('The server is busy. Come back later.', 429, { 'Retry-After': String(fault.retryAfter) })
    case 'forbidden':
      return c.json({ errors: ['You are not permitted to do this.'], error_type: 'invalid_access' }, 403)
    case 'redirect': {
      const location = `${fault.to.replace(/\/$/, '')}${path}${new URL(c.req.url).search}`
      return new Response(null, { status: fault.status ?? 301, headers: { Location: location } })
    }
  }
}

/** Takes the connection of a request over from the HTTP server. */
function rawConnection(c: ForumContext): RawConnection {
  const { clock } = c.get('site')
  const { incoming } = c.env
  const { socket } = incoming
  // Writing to a client that hung up is what most of these end in.
  socket.on('error', () => socket.destroy())
  const sendForever = (bytes: string): void => {
    if (socket.destroyed) return
    while (socket.write(bytes));
    socket.once('drain', () => sendForever(bytes))
  }
  const drip = (bytes: string): void => {
    if (socket.destroyed) return
    socket.write(bytes.slice(0, 1) || ' ')
    clock.after(SECOND, () => drip(bytes.slice(1)))
  }
  const { pathname, search } = new URL(c.req.url)
  return {
    target: `${pathname}${search}`,
    send: (bytes) => socket.write(bytes),
    sendForever,
    drip,
    end: () => {
      // A client may send the next request meanwhile. Node keeps that waiting behind this one, and would not notice
      // that the client has hung up too.
      incoming.resume()
      socket.end(() => setTimeout(() => socket.destroy(), RESET_AFTER))
    },
    reset: () => {
      // A client that finds both what was written and the reset takes it for an end. In real time: it is the network's.
      // A client in this process reads after the timers of a turn of the loop, also when a busy one is late for both.
      setTimeout(() => setImmediate(() => socket.resetAndDestroy()), RESET_AFTER)
    },
  }
}

/** Replaces values of the JSON that the forum answers; leaves other answers, held polls among them, as they are. */
async function makeHostile(c: ForumContext, seed: number): Promise<void> {
  const { status, headers } = c.res
  if (headers.get('content-type')?.startsWith('application/json') !== true) return
  const own = await c.res.text()
  // What answers HEAD has the type of JSON, and no body.
  const answer: unknown = own === '' ? '' : JSON.parse(own)
  const random = seededRandom(seed + c.get('site').requests.traffic.requests)
  const text = hostileJson(answer, random.fraction)
  c.res = undefined
  c.res = new Response(text, { status, headers })
}

/** Reads the whole answer before anything of it is passed on. Gives up with the client. */
async function buffer(c: ForumContext): Promise<void> {
  const { body, status, headers } = c.res
  if (body === null) return
  const reader = body.getReader()
  c.env.outgoing.once('close', () => void reader.cancel())
  const chunks: Uint8Array[] = []
  for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value)
  const whole = new Headers(headers)
  whole.delete('Transfer-Encoding')
  c.res = undefined
  c.res = new Response(Buffer.concat(chunks), { status, headers: whole })
}

function proxyPage(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
  })
}

/** Generated as it is read, so that a client that stops reading costs nothing. */
function flood(bytes: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let sent = 0
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('{"notifications":[')),
    pull: (controller) => {
      if (sent < bytes) {
        controller.enqueue(encoder.encode(CHUNK))
        sent += CHUNK.length
        return
      }
      controller.enqueue(encoder.encode('""]}'))
      controller.close()
    },
  })
}
