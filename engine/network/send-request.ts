import { type Agent, request as begin, type IncomingMessage } from 'node:http'
import { BodyTooLarge, decodeBody, isEncoded } from './decode-body.ts'
import { isCutOff } from './network-failure.ts'

/** What is asked. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  /** With the query; the whole address for a proxy that sees the request itself. */
  readonly path: string
  /** With `host`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** The first lines of an answer. */
export interface ResponseHead {
  readonly status: number
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What becomes of an answer, and what may end it early. */
export interface Reception {
  /** Ends the request, and the wait for its connection, with the reason of the signal. */
  readonly signal: AbortSignal
  /** The most bytes of body that may come, on the wire and decoded. */
  readonly largestBody: number
  /** Takes the body piece by piece as it arrives, decoded. */
  readonly onBody: (bytes: Buffer, status: number) => void
  /** Called once, when the answer begins. */
  readonly onHead?: () => void
}

/** A connection that was kept for this request had been closed meanwhile: nothing of an answer came. */
export class KeptConnectionLost extends Error {}

/** An answer whose status is none (RFC 9110, section 15), or changes to a protocol that nobody asked for. */
class StatusImpossible extends Error {
  readonly code = 'HPE_INVALID_STATUS'
}

/** The most bytes that an answer's headers may have. */
const largestHead = 65_536

/**
 * Sends one request and takes its answer in.
 * @param agent has the connections to whom it goes to
 * @returns the head, once the body has come to its end
 * @throws what Node's http gives; the reason of the signal; `BodyTooLarge`, `BodyUndecodable`, `KeptConnectionLost`,
 *   `StatusImpossible`
 */
export const sendRequest = (
  agent: Agent,
  { method, path, headers, body }: Request,
  reception: Reception,
): Promise<ResponseHead> =>
  new Promise((resolve, reject) => {
    const { signal } = reception
    let hasHead = false

    const fail = (error: unknown): void => {
      signal.removeEventListener('abort', stop)
      reject(error)
      request.destroy()
    }
    const stop = (): void => fail(signal.reason)
    const request = begin({ agent, method, path, headers, setHost: false, maxHeaderSize: largestHead })
    request.on('response', (response) => {
      hasHead = true
      receive(response, reception).then((head) => {
        signal.removeEventListener('abort', stop)
        resolve(head)
      }, fail)
    })
    request.on('error', (error) => {
      const isKeptLost = request.reusedSocket && !hasHead && isCutOff(error)
      fail(isKeptLost ? new KeptConnectionLost('A kept connection was closed', { cause: error }) : error)
    })
    // Without this Node closes the connection and says nothing.
    request.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(new StatusImpossible('101'))
    })
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    request.end(body)
  })

const receive = async (
  response: IncomingMessage,
  { largestBody, onBody, onHead }: Reception,
): Promise<ResponseHead> => {
  const { statusCode: status = 0, headers } = response
  if (status < 100) throw new StatusImpossible(String(status))
  onHead?.()
  const encoding = headers['content-encoding'] ?? ''
  if (isEncoded(encoding)) {
    for await (const bytes of decodeBody(response, encoding, largestBody)) onBody(bytes, status)
  } else await receivePlain(response, largestBody, (bytes) => onBody(bytes, status))
  return { status, headers }
}

/** Most answers are of some bytes, or come in chunks over half a minute: events cost less than a loop over them. */
const receivePlain = (response: IncomingMessage, limit: number, onBody: (bytes: Buffer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    let size = 0
    response.on('data', (bytes: Buffer) => {
      size += bytes.length
      try {
        if (size > limit) throw new BodyTooLarge()
        onBody(bytes)
      } catch (error) {
        // Whatever the receiver runs into costs this request, and not the process.
        reject(error)
        response.destroy()
      }
    })
    response.on('end', resolve)
    response.on('error', reject)
    response.on('close', () => reject(new Error('The answer was cut off')))
  })
