import { setTimeout as sleep } from 'node:timers/promises'
import { type JsonObject, objectIn } from './json.ts'

/** Parameters; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Sending {
  readonly query?: Fields
  readonly form?: Fields
  readonly json?: Fields
  /** A User API key in clear text. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as a JSON object; empty when it is none. */
  readonly json: JsonObject
  /** Where it redirects to; empty when it does not. */
  readonly location: string
  readonly errorType: unknown
}

const TRIES = 4
const MAX_WAIT_SECONDS = 90

/**
 * Sends one request without following redirects. Waits and retries when the server limits this address as a whole,
 * which happens before the application sees the request.
 */
export async function send(base: string, method: string, path: string, sending: Sending = {}): Promise<Answer> {
  for (let left = TRIES; ; left -= 1) {
    const answer = await sendOnce(base, method, path, sending)
    const wait = waitForAddress(answer)
    if (wait === null || left <= 1) return answer
    await sleep(wait * 1000)
  }
}

/** Seconds, for the limits by address of Discourse and of the proxy before it; `null` for any other answer. */
function waitForAddress({ status, headers }: Answer): number | null {
  const byAddress = headers.get('discourse-rate-limit-error-code')?.startsWith('ip_') === true
  const byProxy = headers.get('content-type')?.startsWith('text/html') === true
  if (status !== 429 || !(byAddress || byProxy)) return null
  return Math.min(MAX_WAIT_SECONDS, Number(headers.get('retry-after') ?? 2))
}

async function sendOnce(base: string, method: string, path: string, sending: Sending): Promise<Answer> {
  const { query, form, json, key, headers } = sending
  const search = query === undefined ? '' : `?${new URLSearchParams(given(query))}`
  const response = await fetch(`${base}${path}${search}`, {
    method,
    redirect: 'manual',
    headers: {
      'user-agent': 'DiscourseNotifierConformance/1',
      ...(key === undefined ? {} : { 'user-api-key': key }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(given(form)) }),
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const text = await response.text()
  const body = objectIn(parsed(text))
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: body,
    location: response.headers.get('location') ?? '',
    errorType: body['error_type'],
  }
}

function given(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
