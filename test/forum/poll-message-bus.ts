import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { ForumContext } from './forum-context.ts'
import { viewerByKey } from './key-check.ts'
import { ClientIdTakenError } from './key-store.ts'
import { type Backlog, type HeldPoll, messageJson } from './message-bus.ts'
import { type Params, readParams } from './params.ts'
import { SimulatedCrash } from './refusal.ts'
import { noteSeen, viewerByCookie } from './viewers.ts'

const HEADERS = { 'Cache-Control': 'must-revalidate, private, max-age=0', Pragma: 'no-cache', Expires: '0' } as const
const SEPARATOR = '\r\n|\r\n'
const NOTHING = '[]'

/** A poll before its answer: from whom it is, and what it already knows. */
interface Poll {
  readonly clientId: string
  readonly seq: number
  readonly userId: number | null
  readonly positions: ReadonlyMap<string, number>
}

/**
 * `POST /message-bus/<id>/poll` (protocol.md 5.6), which is answered before the application: no CSRF token, no read-only
 * mode. Keys are checked, limited and counted, but a key that opens nothing is no error: the client is anonymous then.
 */
export async function pollMessageBus(c: ForumContext): Promise<Response> {
  const site = c.get('site')
  const params = await readParams(c)
  if (params === null) throw new SimulatedCrash('The body of a poll is no JSON.')
  const userId = userOf(c, params.all)
  if (c.get('keyHeader') !== undefined) c.get('logged')({ body: params.body })
  if (userId === null && site.settings.loginRequired) return c.text('Invalid Access', 403)

  const poll = readPoll(c, params.body, userId)
  const backlog = site.bus.backlog(poll.positions, userId)
  const isEmpty = backlog.messages.length === 0 && backlog.status === null
  const takesChunks = c.req.header('dont-chunk') === undefined && c.env.incoming.httpVersion === '1.1'
  if ((!isEmpty && !takesChunks) || !site.settings.longPolling || /dlp=t/.test(new URL(c.req.url).search)) {
    return whole(backlogJson(backlog))
  }
  if (c.env.outgoing.closed) return RESPONSE_ALREADY_SENT
  return takesChunks ? holdInChunks(c, poll, isEmpty ? null : backlogJson(backlog)) : holdWhole(c, poll)
}

/** Whose poll it is; `null` is anonymous, which every refusal ends in. */
function userOf(c: ForumContext, params: Params): number | null {
  const key = c.get('keyHeader')
  // The scopes name the path with nothing before it, so that a forum below a folder never matches (protocol.md 3).
  const action = c.get('site').path === '' ? 'message_bus#poll' : 'message_bus#poll_below_folder'
  try {
    const viewer = key === undefined ? viewerByCookie(c) : viewerByKey(c, key, action, params)
    if (viewer.kind === 'refused') return null
    noteSeen(c, viewer)
    return viewer.kind === 'anonymous' ? null : viewer.user.id
  } catch (error) {
    if (error instanceof ClientIdTakenError) return null
    throw error
  }
}

function readPoll(c: ForumContext, body: Params, userId: number | null): Poll {
  const { bus } = c.get('site')
  const positions = new Map<string, number>()
  for (const [channel, sent] of Object.entries(body)) {
    if (channel === '__seq') continue
    positions.set(channel, sent === '' || sent === null ? bus.position(channel) : wholeNumber(sent))
  }
  return { clientId: c.req.param('client') ?? '', seq: wholeNumber(body['__seq']), userId, positions }
}

/** Ruby's `to_i`: the number a text begins with, else 0. */
function wholeNumber(sent: unknown): number {
  const number = Number.parseInt(String(sent), 10)
  return Number.isNaN(number) ? 0 : number
}

function backlogJson({ messages, status }: Backlog): string {
  const known = messages.map(messageJson)
  const position = { globalId: -1, id: -1, channel: '/__status', json: JSON.stringify(status), userIds: null }
  return `[${(status === null ? known : [...known, messageJson(position)]).join(',')}]`
}

function whole(json: string): Response {
  return new Response(json, { headers: { ...HEADERS, 'Content-Type': 'application/json; charset=utf-8' } })
}

/** Answers with the first message, or without one after the polling interval. */
function holdWhole(c: ForumContext, poll: Poll): Promise<Response> {
  return new Promise((resolve) => {
    const held = hold(c, poll, {
      endsWithMessage: true,
      deliver: (message) => answer(`[${messageJson(message)}]`),
      close: () => answer(NOTHING),
    })
    const answer = (json: string): void => {
      held.end()
      resolve(whole(json))
    }
    c.env.outgoing.once('close', () => resolve(RESPONSE_ALREADY_SENT))
    held.begin()
  })
}

/** Answers at once and goes on with each message, until the polling interval is over. */
function holdInChunks(c: ForumContext, poll: Poll, first: string | null): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let isOpen = true
      const write = (json: string): void => {
        const text = json.replaceAll(SEPARATOR, '\r\n||\r\n')
        if (isOpen) controller.enqueue(encoder.encode(`${text}${SEPARATOR}`))
      }
      const held = hold(c, poll, {
        endsWithMessage: false,
        deliver: (message) => write(`[${messageJson(message)}]`),
        close: () => {
          held.end()
          write(NOTHING)
          if (isOpen) controller.close()
          isOpen = false
        },
      })
      c.env.outgoing.once('close', () => {
        isOpen = false
      })
      write(first ?? NOTHING)
      held.begin()
    },
  })
  return new Response(body, {
    headers: {
      ...HEADERS,
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Transfer-Encoding': 'chunked',
    },
  })
}

/** Puts a poll on the bus until the interval is over, it is answered or its client goes away. */
function hold(
  c: ForumContext,
  { clientId, seq, userId, positions }: Poll,
  way: Pick<HeldPoll, 'endsWithMessage' | 'deliver' | 'close'>,
): { begin: () => void; end: () => void } {
  const { bus, clock, settings, openRequests } = c.get('site')
  const poll: HeldPoll = { clientId, seq, userId, channels: [...positions.keys()], ...way }
  let stopWaiting = (): void => undefined
  const end = (): void => {
    stopWaiting()
    bus.release(poll)
    openRequests.goOn(c.env.outgoing)
  }
  return {
    begin: () => {
      c.env.outgoing.once('close', end)
      openRequests.wait(c.env.outgoing)
      stopWaiting = clock.after(settings.longPollingSeconds * 1000, poll.close)
      bus.hold(poll)
    },
    end,
  }
}
