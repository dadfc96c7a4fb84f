import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

/** The connection of one request, for answers that no HTTP library would write. */
export interface RawConnection {
  /** Path and query of the request. */
  readonly target: string
  send(bytes: string | Uint8Array): void
  /** Sends `bytes` again and again, as fast as the client reads, until it hangs up. */
  sendForever(bytes: string): void
  /** Sends a byte a second of `bytes`, and spaces after them, until the client hangs up. */
  drip(bytes: string): void
  end(): void
  /** Ends the connection with a TCP reset. */
  reset(): void
}

type HostileAnswer = (connection: RawConnection) => void

const SEPARATOR = '\r\n|\r\n'
const MEBIBYTE = 1024 * 1024
/** The unpacked size of a bomb; the archive is a few kilobytes. */
const UNPACKED = 64 * MEBIBYTE

const head = (status: string, ...headers: readonly string[]): string =>
  `HTTP/1.1 ${status}\r\n${[...headers, 'Connection: close'].map((line) => `${line}\r\n`).join('')}\r\n`
const whole =
  (status: string, body: string | Uint8Array, ...headers: readonly string[]): HostileAnswer =>
  ({ send, end }) => {
    send(head(status, `Content-Length: ${Buffer.byteLength(body)}`, ...headers))
    send(body)
    end()
  }
const JSON_TYPE = 'Content-Type: application/json; charset=utf-8'
const html = (status: string, ...headers: readonly string[]): HostileAnswer =>
  whole(
    status,
    '<!doctype html><title>Log in</title><form action="/login"></form>',
    'Content-Type: text/html',
    ...headers,
  )
const json = (text: string): HostileAnswer => whole('200 OK', text, JSON_TYPE)
const raw =
  (text: string): HostileAnswer =>
  ({ send, end }) => {
    send(text)
    end()
  }
const cutOff =
  (text: string): HostileAnswer =>
  ({ send, reset }) => {
    send(text)
    reset()
  }
const dripping =
  (start: string, slowly: string): HostileAnswer =>
  ({ send, drip }) => {
    send(start)
    drip(slowly)
  }
const endless =
  (start: string, again: string): HostileAnswer =>
  ({ send, sendForever }) => {
    send(start)
    sendForever(again)
  }
const redirect = (location: (target: string) => string): HostileAnswer => {
  return (connection) => whole('302 Found', '', `Location: ${location(connection.target)}`)(connection)
}

const bombs = new Map<string, Uint8Array>()
/** Created when first requested, and kept. */
const bomb =
  (encoding: string, pack: (bytes: Uint8Array) => Uint8Array): HostileAnswer =>
  (connection) => {
    const packed = bombs.get(encoding) ?? pack(Buffer.alloc(UNPACKED, ' '))
    bombs.set(encoding, packed)
    whole('200 OK', packed, JSON_TYPE, `Content-Encoding: ${encoding}`)(connection)
  }
const chunked = (...chunks: readonly string[]): string =>
  chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join('')
const STREAM = head('200 OK', 'Content-Type: text/plain; charset=utf-8', 'Transfer-Encoding: chunked')
/** A chunked answer of the message bus. */
const bus =
  (...parts: readonly string[]): HostileAnswer =>
  ({ send, end }) => {
    send(`${STREAM}${chunked(...parts.map((part) => `${part}${SEPARATOR}`))}0\r\n\r\n`)
    end()
  }

/** Answers by something other than a healthy forum, each a kind that a notifier has to survive (docs/protocol.md 4.2). */
export const hostileAnswers = {
  // A network that wants a login first, a web server with a password, a firewall.
  'portal-page': html('200 OK'),
  'portal-page-as-json': whole('200 OK', '<!doctype html><title>Log in</title>', JSON_TYPE),
  'portal-redirect': redirect(() => 'http://login.portal.example/?from=forum'),
  'portal-511': html('511 Network Authentication Required'),
  'portal-success': whole('200 OK', 'Success', 'Content-Type: text/plain'),
  'password-401': html('401 Unauthorized', 'WWW-Authenticate: Basic realm="staff"'),
  'firewall-403': html('403 Forbidden'),

  // Connections that break.
  'reset-at-once': ({ reset }) => reset(),
  'reset-in-status-line': cutOff('HTTP/1.1 20'),
  'reset-in-headers': cutOff(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\nContent-Le`),
  'reset-in-body': cutOff(`${head('200 OK', JSON_TYPE, 'Content-Length: 1000')}{"user`),
  'end-in-headers': raw(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\nContent-Le`),
  'end-in-body': raw(`${head('200 OK', JSON_TYPE, 'Content-Length: 1000')}{"user`),
  'end-in-chunk': raw(`${STREAM}400\r\n{"user`),

  // One byte a second.
  'slow-headers': dripping('', head('200 OK', JSON_TYPE)),
  'slow-body': dripping(head('200 OK', JSON_TYPE, 'Content-Length: 100000'), '{"username":'),

  // Bombs and broken archives.
  'bomb-gzip': bomb('gzip', (bytes) => gzipSync(bytes)),
  'bomb-deflate': bomb('deflate', (bytes) => deflateSync(bytes)),
  'bomb-brotli': bomb('br', (bytes) => brotliCompressSync(bytes)),
  'bomb-gzip-twice': bomb('gzip, gzip', (bytes) => gzipSync(gzipSync(bytes))),
  'gzip-cut': whole('200 OK', gzipSync('{"username":"eve"}').subarray(0, 20), JSON_TYPE, 'Content-Encoding: gzip'),
  'gzip-that-is-none': whole('200 OK', '{"username":"eve"}', JSON_TYPE, 'Content-Encoding: gzip'),
  'unknown-encoding': whole('200 OK', '{"username":"eve"}', JSON_TYPE, 'Content-Encoding: compress'),

  // Against the rules of HTTP.
  'status-099': raw('HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n'),
  'status-999': raw('HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n'),
  'not-http': raw('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
  'lengths-that-differ': raw(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}`),
  'negative-length': raw(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\nContent-Length: -5\r\n\r\n{}`),
  'bad-chunk-size': raw(`${STREAM}zz\r\n{}\r\n0\r\n\r\n`),
  'nul-in-header': raw('HTTP/1.1 200 OK\r\nX-Odd: a\u0000b\r\nContent-Length: 2\r\n\r\n{}'),
  'endless-headers': endless('HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(1000)}\r\n`),

  // Redirects that lead nowhere good.
  'redirect-to-itself': redirect((target) => target),
  'redirect-on-and-on': redirect((target) => `${target}${target.includes('?') ? '&' : '?'}again=1`),
  'redirect-to-file': redirect(() => 'file:///etc/passwd'),
  'redirect-to-private': redirect(() => 'http://169.254.169.254/latest/meta-data/'),
  'redirect-without-location': whole('302 Found', ''),

  // Answers without end.
  'endless-json': endless(`${head('200 OK', JSON_TYPE)}{"notifications":[`, '{"id":1},'),
  'endless-spaces': endless(head('200 OK', JSON_TYPE), ' '.repeat(1000)),
  'endless-bus': endless(STREAM, chunked(`[]${SEPARATOR}`)),
  'endless-bus-message': endless(STREAM, chunked('[{"channel":"x')),

  // JSON that is not what was asked for.
  'json-empty': json(''),
  'json-null': json('null'),
  'json-failed': json('{"failed":"FAILED"}'),
  'json-text': json('"OK"'),
  'json-list': json('[[],[],[]]'),
  'json-byte-order-mark': json('\uFEFF{}'),
  'json-cut': json('{"username":"eve","unread_notif'),
  'json-huge-numbers': json(
    '{"username":"eve","unread_notifications":1e400,"unread_personal_messages":9e307,"chat_notifications":-1e400,"current_user":{"id":1e400,"username":"eve"},"notifications":[{"id":1e400,"notification_type":1,"created_at":"2026-01-01T00:00:00Z","read":false,"data":{}}]}',
  ),
  'json-deep': json(`${'['.repeat(MEBIBYTE)}${']'.repeat(MEBIBYTE)}`),
  'json-long-text': json(`{"username":"${'e'.repeat(1.9 * MEBIBYTE)}","unread_notifications":1}`),
  'json-prototype': json(
    '{"__proto__":{"ok":true},"constructor":{"prototype":{}},"username":"eve","unread_notifications":"1"}',
  ),

  // A message bus that sends nonsense.
  'bus-garbage': bus('[]', '{not json', '\u0000\u0001', '[{"channel":7}]'),
  'bus-wrong-shapes': bus(
    'null',
    '7',
    '"[]"',
    '[null]',
    '[{"channel":"/__status","message_id":-1,"data":{"/x":1e400}}]',
  ),
  'bus-doubled-separators': bus('[]', '\r\n||\r\n', `[]${SEPARATOR}`),
  'bus-far-ahead': bus('[{"global_id":9e15,"message_id":9007199254740993,"channel":"/notification/1","data":{}}]'),
} as const satisfies Readonly<Record<string, HostileAnswer>>

export type HostileAnswerName = keyof typeof hostileAnswers

export const hostileAnswerNames: readonly HostileAnswerName[] = Object.keys(hostileAnswers).filter(isHostileAnswerName)

function isHostileAnswerName(name: string): name is HostileAnswerName {
  return Object.hasOwn(hostileAnswers, name)
}
