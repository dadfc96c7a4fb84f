import { type Agent, request as begin, type IncomingMessage } from 'node:http'
import { pipeline, Transform } from 'node:stream'
import type { Cancellation } from './cancellation.ts'
import { BodyTooLarge, decodeBody, isEncoded } from './decode-body.ts'
import { isCutOff } from './network-failure.ts'

/** A request as it is sent. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  /** Path and query; the whole URL for a proxy that forwards the request. */
  readonly path: string
  /** Including `host`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** A response's status and headers. */
export interface ResponseHead {
  readonly status: number
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** How to receive a response, and when to abort it. */
export interface Reception {
  /** Aborts the request, even while it waits for a connection. */
  readonly cancellation: Cancellation
  /** The most bytes of body, on the wire and decoded. */
  readonly largestBody: number
  /** Receives the decoded body piece by piece as it arrives. */
  readonly onBody: (bytes: Buffer, status: number) => void
  /** Called once, when the response begins. */
  readonly onHead?: () => void
}

/** A kept-alive connection turned out to be closed: there was no response at all. */
export class KeptConnectionLost extends Error {}

/**
 * A response with an invalid status (RFC 9110, section 15), one that switches to a protocol we did not ask for, or
 * informational ones without end.
 */
class StatusImpossible extends Error {
  readonly code = 'HPE_INVALID_STATUS'
}

/** The maximum size of a response's headers, in bytes. */
const largestHead = 65_536
/** How many informational responses may come before the response itself; servers send one or two. */
const mostInformational = 20
/**
 * In how many pieces a body may arrive: chunks, or what one read of the connection brings. Each costs some microseconds
 * whatever its size, so the limit on bytes alone would allow seconds. Two megabytes in small packets are 1,400.
 */
const mostPieces = 2500

/**
 * Sends one request and receives its response.
 * @param agent holds the connections to the server or proxy
 * @returns the head, once the whole body has been received
 * @throws the errors of Node's http; the cancellation's reason; `BodyTooLarge`, `BodyUndecodable`,
 *   `KeptConnectionLost`, `StatusImpossible`
 */
export const sendRequest = (
  agent: Agent,
  { method, path, headers, body }: Request,
  reception: Reception,
): Promise<ResponseHead> =>
  new Promise((resolve, reject) => {
    const { cancellation } = reception
    let hasHead = false

    const fail = (error: unknown): void => {
      reject(error)
      request.destroy()
    }
    const request = begin({
      agent,
      method,
      path,
      headers: headerList(headers, method, body),
      maxHeaderSize: largestHead,
    })
    request.on('response', (response) => {
      hasHead = true
      receive(response, reception).then(resolve, fail)
    })
    request.on('error', (error) => {
      const isKeptLost = request.reusedSocket && !hasHead && isCutOff(error)
      fail(isKeptLost ? new KeptConnectionLost('A kept connection was closed', { cause: error }) : error)
    })
    let informational = 0
    request.on('information', ({ statusCode }) => {
      informational += 1
      // Those that have arrived with it are still reported: an error for each would cost more than reading them.
      if (informational === mostInformational + 1) fail(new StatusImpossible(`${statusCode} again and again`))
    })
    // Without this listener Node closes the connection without an error.
    request.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(new StatusImpossible('101'))
    })
    cancellation.onCancel(() => fail(cancellation.reason))
    if (cancellation.reason !== undefined) fail(cancellation.reason)
    request.end(body)
  })

/**
 * The headers as Node writes them at once; by name it would keep each one until the response has ended, 1 KB for a held
 * poll. From a list it takes the body's length as well, instead of adding it (nodejs.org/api/http.html#httprequest).
 */
const headerList = (headers: Request['headers'], method: Request['method'], body: string | undefined): string[] => {
  const list: string[] = []
  for (const name in headers) list.push(name, headers[name] ?? '')
  const mayHaveBody = method === 'POST' || method === 'PUT'
  if (mayHaveBody) list.push('content-length', String(Buffer.byteLength(body ?? '')))
  return list
}

const receive = async (
  response: IncomingMessage,
  { largestBody, onBody, onHead }: Reception,
): Promise<ResponseHead> => {
  const { statusCode: status = 0, headers } = response
  if (status < 100) throw new StatusImpossible(String(status))
  onHead?.()
  const encoding = headers['content-encoding'] ?? ''
  if (isEncoded(encoding)) {
    // The loop below receives every error of both.
    const counted = pipeline(response, countPieces(), () => undefined)
    for await (const bytes of decodeBody(counted, encoding, largestBody)) onBody(bytes, status)
  } else await receivePlain(response, largestBody, (bytes) => onBody(bytes, status))
  return { status, headers }
}

/** Most responses are small, or arrive in chunks over half a minute: events cost less than an async loop. */
const receivePlain = (response: IncomingMessage, limit: number, onBody: (bytes: Buffer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    let [size, pieces] = [0, 0]
    response.on('data', (bytes: Buffer) => {
      // Pieces that have arrived already are still passed on.
      if (response.destroyed) return
      size += bytes.length
      pieces += 1
      try {
        if (size > limit || pieces > mostPieces) throw new BodyTooLarge()
        onBody(bytes)
      } catch (error) {
        // An error in the receiver must only fail this request, not the process.
        reject(error)
        response.destroy()
      }
    })
    response.on('end', resolve)
    response.on('error', reject)
    response.on('close', () => reject(new Error('The answer was cut off')))
  })

/** Passes a body on. An async loop over a response itself would be given many pieces as one. */
const countPieces = (): Transform => {
  let pieces = 0
  return new Transform({
    transform: (bytes, _, done) => {
      pieces += 1
      if (pieces > mostPieces) done(new BodyTooLarge())
      else done(null, bytes)
    },
  })
}
