import { Agent, request } from 'undici'
import { type Failure, fail, ok, type Result } from '../../common/failure.ts'
import { shownHost } from './address.ts'
import { networkFailure } from './network-failure.ts'

/** One request to a forum. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly url: string
  /** The user API key; sent as `User-Api-Key`, and nothing else identifies the user (section 4). */
  readonly key?: string
  readonly json?: object
  /** Fields of a form, in place of `json`. */
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** The server holds the answer back until there is something to tell: a long poll. */
  readonly held?: boolean
  /** Ends the request, which then gives `cancelled`. */
  readonly signal?: AbortSignal
}

/** A forum's answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number
  /** By lowercase name; of a header sent twice the first value. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** Sends requests. Never follows a redirect and never keeps a cookie: callers that may follow do so in the open. */
export interface Http {
  send(request: HttpRequest): Promise<Result<HttpAnswer>>
  close(): Promise<void>
}

/** What an `Http` is made with. */
export interface HttpOptions {
  /** Honest and our own: known crawler names are refused (section 4.2). */
  readonly userAgent: string
  /** How long one request may take from its start to the last byte, in milliseconds. */
  readonly deadline?: number
  /** The same for a request that is held. */
  readonly heldDeadline?: number
  /** The most bytes of an answer that are read. */
  readonly largestAnswer?: number
}

/**
 * The one HTTP stack of both shells (design decision 2): undici with connections kept alive, a deadline over the whole
 * request and a limit on the size of every answer.
 * @returns failures from `networkFailure`, or `answer_too_large`
 */
export const createHttp = (options: HttpOptions): Http => {
  const { userAgent, deadline = 10_000, heldDeadline = 45_000, largestAnswer = 2_000_000 } = options
  const agent = new Agent({ connections: 4, keepAliveTimeout: 90_000, maxHeaderSize: 65_536 })
  // Held requests must not take the places of the others.
  const heldAgent = new Agent({ keepAliveTimeout: 90_000, maxHeaderSize: 65_536 })
  return {
    send: async ({ method, url, key, json, form, headers, held = false, signal }) => {
      const host = shownHost(new URL(url).origin)
      const limit = held ? heldDeadline : deadline
      const timeout = AbortSignal.timeout(limit)
      try {
        const answer = await request(url, {
          dispatcher: held ? heldAgent : agent,
          method,
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
          headers: {
            accept: 'application/json',
            'user-agent': userAgent,
            ...(key === undefined ? {} : { 'user-api-key': key }),
            ...headers,
            ...(json === undefined ? {} : { 'content-type': 'application/json' }),
            ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          },
          ...(json === undefined ? {} : { body: JSON.stringify(json) }),
          ...(form === undefined ? {} : { body: new URLSearchParams({ ...form }).toString() }),
        })
        const text = await readBody(answer.body, largestAnswer)
        if (text === undefined) return fail('answer_too_large', { host })
        return ok({ status: answer.statusCode, headers: firstValues(answer.headers), text })
      } catch (error) {
        if (signal?.aborted) return fail('cancelled')
        const failure: Failure = networkFailure(error, host, Math.round(limit / 1000))
        return { ok: false, failure }
      }
    },
    close: async () => {
      await Promise.all([agent.destroy(), heldAgent.destroy()])
    },
  }
}

const firstValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> => {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) values.set(name.toLowerCase(), first)
  }
  return values
}

/** Reads at most `limit` bytes as UTF-8; undefined when there are more. Leaving the loop closes the connection. */
const readBody = async (body: AsyncIterable<unknown>, limit: number): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
