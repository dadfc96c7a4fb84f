import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { defaultNetwork, type NetworkSettings, type ProxySetting } from '../../common/preferences/network-settings.ts'
import { Cancellation } from '../network/cancellation.ts'
import { acceptEncoding, BodyTooLarge } from '../network/decode-body.ts'
import type { Environment } from '../network/environment-proxy.ts'
import { networkFailure } from '../network/network-failure.ts'
import type { Transport } from '../network/transport.ts'
import { shownHost } from './address.ts'

/** One request to a forum. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly url: string
  /** The user API key; sent as `User-Api-Key`, and nothing else identifies the user (protocol.md 4). */
  readonly key?: string
  readonly json?: object
  /** The body as a form sends it; at most one of `json` and `form`. */
  readonly form?: Readonly<Record<string, string | number>>
  /** Further headers, by lowercase name. */
  readonly headers?: Readonly<Record<string, string>>
  /** A long poll: it has a deadline of its own, and never keeps other requests waiting. */
  readonly held?: boolean
  /** For a URL chosen by somebody else: it must not lead to this computer or its local network. */
  readonly publicOnly?: boolean
  /** Ends the request early, which then fails with `cancelled`; for one request only. */
  readonly cancellation?: Cancellation
  /** The most bytes that are read, if less than the default. */
  readonly largestAnswer?: number
  /**
   * Receives the body of a successful answer piece by piece as it arrives; the answer that `send` returns then has
   * none. Deadline and size limit apply to the whole body.
   */
  readonly onBody?: (bytes: Uint8Array) => void
}

/** A forum's answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number
  /** By lowercase name; if a header was sent twice, the first value. */
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Uint8Array
  /** The same as UTF-8, without a byte-order mark. */
  readonly text: string
}

/**
 * Sends requests. Never follows a redirect and never keeps a cookie; callers that may follow redirects do so
 * themselves.
 */
export interface Http {
  send(request: HttpRequest): Promise<Result<HttpAnswer>>
  close(): Promise<void>
}

/** An `Http` whose network settings can be changed at any time. */
export interface HttpStack extends Http {
  /**
   * Uses these settings from now on; requests under way end with the old ones.
   * @returns what is wrong with them and left out: `certificate_unreadable`
   */
  setNetwork(settings: NetworkSettings): Promise<readonly Failure[]>
}

export interface HttpOptions {
  /** Honest and our own: known crawler names are refused (protocol.md 4.2). */
  readonly userAgent: string
  /** How long one request may take from its start to the last byte, in milliseconds. */
  readonly deadline?: number
  /** The same for a long poll. */
  readonly heldDeadline?: number
  /** The most bytes of an answer that are read. */
  readonly largestAnswer?: number
  /** Asks the desktop how to reach a URL; resolves to the result of a proxy auto-configuration script. */
  readonly resolveProxy?: (url: string) => Promise<string>
  /** The proxy that the administrator enforces, whatever the settings say. */
  readonly forcedProxy?: ProxySetting | undefined
  /** Environment variables, which may name proxies and authorities; by default none. */
  readonly environment?: Environment
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/**
 * The one HTTP stack of both shells (ARCHITECTURE.md, decision 2): Node's http with connections kept alive, through
 * proxies where there are some, a deadline over the whole request and a limit on the size of every answer. It begins
 * with the default settings.
 * @returns failures from `networkFailure`, `answer_too_large`, `cancelled`
 */
export const createHttp = (options: HttpOptions): HttpStack => {
  const { userAgent, deadline = 10_000, heldDeadline = 45_000, largestAnswer = 2_000_000 } = options
  const transports = createTransports({ ...options, deadline })
  const underWay = new Set<Cancellation>()
  let isClosed = false

  return {
    send: async (request) => {
      const { method, url, json, form, held = false, cancellation = new Cancellation() } = request
      if (cancellation.reason !== undefined || isClosed) return fail('cancelled')
      const limit = held ? heldDeadline : deadline
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        cancellation.cancel(new DOMException('Too late', 'TimeoutError'))
      }, limit)
      underWay.add(cancellation)
      try {
        const transport = await transports.current()
        const chunks: Buffer[] = []
        const { status, headers } = await transport.send({
          url: new URL(url),
          method,
          headers: headersOf(request, userAgent),
          body: json === undefined ? form && formBody(form) : JSON.stringify(json),
          isHeld: held,
          isPublicOnly: request.publicOnly ?? false,
          cancellation,
          largestBody: request.largestAnswer ?? largestAnswer,
          onBody: (bytes, statusSoFar) => {
            if (request.onBody !== undefined && statusSoFar < 300) request.onBody(bytes)
            else chunks.push(bytes)
          },
        })
        const bytes = Buffer.concat(chunks)
        return ok({ status, headers: firstValues(headers), bytes, text: utf8.decode(bytes) })
      } catch (error) {
        if (isClosed || (cancellation.reason !== undefined && !isLate)) return fail('cancelled')
        const host = shownHost(new URL(url).origin)
        if (error instanceof BodyTooLarge) return fail('answer_too_large', { host })
        return { ok: false, failure: networkFailure(error, host, Math.round(limit / 1000)) }
      } finally {
        clearTimeout(timer)
        underWay.delete(cancellation)
      }
    },
    setNetwork: async (settings) => await (await transports.replace(settings)).failures,
    close: async () => {
      isClosed = true
      for (const each of underWay) each.cancel(new DOMException('Closed', 'AbortError'))
      await transports.end()
    },
  }
}

/** The transport for the current network settings, and earlier ones until their requests have ended. */
const createTransports = ({
  resolveProxy,
  forcedProxy,
  environment = {},
  now = Date.now,
  deadline,
}: HttpOptions & { readonly deadline: number }) => {
  // Loaded with the first request, it does not delay the tray icon.
  const open = async (settings: NetworkSettings): Promise<Transport> => {
    const { createTransport } = await import('../network/transport.ts')
    return createTransport({
      settings: { ...settings, proxy: forcedProxy ?? settings.proxy },
      resolveProxy,
      environment,
      now,
      timeout: deadline,
    })
  }
  let transport: Promise<Transport> | undefined
  const retiring = new Set<Transport>()

  return {
    current: (): Promise<Transport> => {
      transport ??= open(defaultNetwork)
      return transport
    },
    replace: async (settings: NetworkSettings): Promise<Transport> => {
      const earlier = transport
      const next = open(settings)
      transport = next
      if (earlier !== undefined) {
        const old = await earlier
        retiring.add(old)
        void old.retire().then(() => retiring.delete(old))
      }
      return await next
    },
    end: async (): Promise<void> => {
      const last = await transport
      for (const each of [...(last === undefined ? [] : [last]), ...retiring]) each.end()
    },
  }
}

const headersOf = (
  { key, json, form, headers = {}, held = false }: HttpRequest,
  userAgent: string,
): Readonly<Record<string, string>> => ({
  accept: 'application/json',
  // Otherwise a proxy might hold back what a long poll delivers in order to compress it.
  'accept-encoding': held ? 'identity' : acceptEncoding,
  ...headers,
  'user-agent': userAgent,
  ...(key === undefined ? {} : { 'user-api-key': key }),
  ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
})

/** With `%20` for a space, which every server accepts; `URLSearchParams` costs several times as much. */
const formBody = (form: NonNullable<HttpRequest['form']>): string => {
  let body = ''
  for (const name in form) {
    const pair = `${encodeURIComponent(name)}=${encodeURIComponent(form[name] ?? '')}`
    body += body === '' ? pair : `&${pair}`
  }
  return body
}

const firstValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> => {
  const values = new Map<string, string>()
  for (const name in headers) {
    const value = headers[name]
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) values.set(name, first)
  }
  return values
}

/** Without the byte-order mark that some proxies and plugins put in front, as browsers read it (WHATWG Encoding, 6). */
const utf8 = new TextDecoder()
