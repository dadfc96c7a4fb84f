import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { BodyTooLarge, decodeBody, isEncoded } from './decode-body.ts'

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

type Controller = Dispatcher.DispatchController

/**
 * Sends one request and takes its answer in, without a stream for each: undici's `request` makes two objects of Node's
 * streams for every answer, which for hundreds of polls that are held are most of what they cost.
 * @returns the head, once the body has come to its end
 * @throws what undici gives; the reason of the signal; `BodyTooLarge`, `BodyUndecodable`
 */
export const dispatchRequest = (
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, largestBody, onBody, onHead }: Reception,
): Promise<ResponseHead> =>
  new Promise((resolve, reject) => {
    let controller: Controller | undefined
    let head: ResponseHead | undefined
    let body: BodySink | undefined

    const stop = (): void => {
      controller?.abort(signal.reason)
      fail(signal.reason)
    }
    const fail = (error: unknown): void => {
      signal.removeEventListener('abort', stop)
      body?.fail(error)
      reject(error)
    }
    const finish = (answer: ResponseHead): void => {
      signal.removeEventListener('abort', stop)
      resolve(answer)
    }

    signal.addEventListener('abort', stop, { once: true })
    dispatcher.dispatch(request, {
      onRequestStart: (started) => {
        controller = started
        if (signal.aborted) started.abort(signal.reason)
      },
      onResponseStart: (current, status, headers) => {
        // Others may come before the answer itself (RFC 9110, 15.2).
        if (status < 200) return
        const { 'content-encoding': encoding = '' } = headers
        const take = (bytes: Buffer): void => onBody(bytes, status)
        head = { status, headers }
        onHead?.()
        body = isEncoded(String(encoding))
          ? decodingSink(current, String(encoding), largestBody, take)
          : plainSink(current, largestBody, take)
      },
      onResponseData: (_, bytes) => body?.take(bytes),
      onResponseEnd: () => {
        const answer = head
        if (answer === undefined) return
        if (body === undefined) finish(answer)
        else body.end().then(() => finish(answer), fail)
      },
      onResponseError: (_, error) => fail(error),
    })
  })

/** Where the bytes of a body go. */
interface BodySink {
  take(bytes: Buffer): void
  /** Resolves once everything has been passed on. */
  end(): Promise<void>
  fail(error: unknown): void
}

const plainSink = (controller: Controller, limit: number, onBody: (bytes: Buffer) => void): BodySink => {
  let size = 0
  return {
    take: (bytes) => {
      size += bytes.length
      if (size > limit) controller.abort(new BodyTooLarge())
      else onBody(bytes)
    },
    end: () => Promise.resolve(),
    fail: () => undefined,
  }
}

const decodingSink = (
  controller: Controller,
  encoding: string,
  limit: number,
  onBody: (bytes: Buffer) => void,
): BodySink => {
  const source = new Readable({ read: () => controller.resume() })
  const decode = async (): Promise<void> => {
    for await (const bytes of decodeBody(source, encoding, limit)) onBody(bytes)
  }
  const decoded = decode()
  decoded.catch((error: unknown) => controller.abort(asError(error)))
  return {
    take: (bytes) => {
      if (!source.push(bytes)) controller.pause()
    },
    end: () => {
      source.push(null)
      return decoded
    },
    fail: (error) => void source.destroy(asError(error)),
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
