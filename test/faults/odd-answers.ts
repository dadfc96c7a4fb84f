import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

// Answers that no forum gives, as a server writes them: byte by byte, not by a library that would correct them.

/** What a server writes to a connection on which a request has arrived. */
export interface OddAnswer {
  readonly bytes: Uint8Array
  /** What follows as fast as the client reads, until it hangs up or so many bytes are sent. */
  readonly again?: { readonly bytes: Uint8Array; readonly most: number }
  /** Whether each byte goes in a packet of its own. */
  readonly apart?: boolean
}

const jsonType = 'Content-Type: application/json'
const head = (status: string, ...headers: readonly string[]): string =>
  `${status}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`
const ok = (...headers: readonly string[]): string => head('HTTP/1.1 200 OK', jsonType, ...headers)
const raw = (...pieces: readonly (string | Uint8Array)[]): OddAnswer => ({
  bytes: Buffer.concat(pieces.map((piece) => Buffer.from(piece))),
})
const flood = (start: string, again: string, megabytes: number): OddAnswer => ({
  bytes: Buffer.from(start),
  again: { bytes: Buffer.from(again), most: megabytes * 2 ** 20 },
})
const body = (text: string | Uint8Array, ...headers: readonly string[]): OddAnswer =>
  raw(ok(`Content-Length: ${Buffer.byteLength(text)}`, 'Connection: close', ...headers), text)
const json = (text: string): OddAnswer => body(text)
const packed = (encoding: string, bytes: Uint8Array): OddAnswer => body(bytes, `Content-Encoding: ${encoding}`)
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const chunked = (texts: string | readonly string[]): string => `${[texts].flat().map(chunk).join('')}0\r\n\r\n`
const stream = ok('Transfer-Encoding: chunked')
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('')
const list = (count: number, make: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, i) => make(i)).join(',')}]`
/** Bus messages in one chunk. */
const batch = (count: number, channel: string, data: (index: number) => string): OddAnswer =>
  raw(
    stream,
    chunked(
      list(count, (i) => `{"global_id":-1,"message_id":${i},"channel":"${channel}","data":${data(i)}}`) + separator,
    ),
  )
const row = (index: number, more = ''): string =>
  `{"id":${index + 1},"notification_type":1,"read":false,"created_at":"2026-01-01T00:00:00Z","post_number":1,"topic_id":${index + 1},"fancy_title":"t","slug":"s","data":{"topic_title":"t","display_username":"u"}${more}}`
/** What every reader of the engine looks for, so that a hostile value is read and not refused for its shape. */
const everything = (rows: string, text = '"x"'): string =>
  `{"notifications":${rows},"total_rows_notifications":1,"username":"eve","unread_notifications":1,"title":${text},"current_user":{"id":1,"username":"eve","avatar_template":${text}}}`
const megabytes = (count: number): number => Math.floor(count * 2 ** 20)
/** Fast to make, with the largest window there is. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 24 } }
const separator = '\r\n|\r\n'

export const oddAnswers: Readonly<Record<string, () => OddAnswer>> = {
  // Status lines.
  'status 0': () => raw('HTTP/1.1 0 X\r\n\r\n'),
  'status 000': () => raw('HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n'),
  'status 99': () => raw('HTTP/1.1 99 X\r\n\r\n'),
  'status 1000': () => raw('HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n'),
  'status 600': () => raw('HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n'),
  'status of a megabyte': () => flood('HTTP/1.1 200 ', 'O'.repeat(10_000), 4),
  'status of digits': () => flood('HTTP/1.1 ', '1'.repeat(10_000), 4),
  'HTTP/0.9': () => raw('{"username":"eve"}'),
  'HTTP/1.0 without length': () => raw('HTTP/1.0 200 OK\r\n\r\n{"username":"eve"}'),
  'HTTP/9.9': () => raw('HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
  'preface of HTTP/2': () =>
    raw(
      Buffer.from('000012040000000000000300000064000400100000000600004000', 'hex'),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ),
  'TLS alert': () => raw(Buffer.from('15030300020228', 'hex')),
  'empty lines first': () => flood('', '\r\n'.repeat(5000), 4),
  '100 a hundred thousand times': () => flood('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(500), 4),
  '103 with headers, many times': () =>
    flood('', `HTTP/1.1 103 Early Hints\r\n${'Link: </x>; rel=preload\r\n'.repeat(50)}\r\n`.repeat(20), 3),
  '102 of 60 kB, many times': () => flood('', `HTTP/1.1 102 Processing\r\nX: ${'x'.repeat(60_000)}\r\n\r\n`, 3),
  '101 to another protocol': () =>
    raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n', '\x81\x05hello'),
  '101 without upgrade': () => raw('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  '204 with a body': () => raw('HTTP/1.1 204 No Content\r\nContent-Length: 20\r\n\r\n{"username":"eve"}  '),
  '304': () => raw('HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n'),
  '205 then another answer': () =>
    raw(
      'HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'.repeat(10_000),
    ),
  'a hundred thousand answers': () => flood('', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'.repeat(500), 3),
  '407': () => raw('HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'),

  // Headers.
  'one header of megabytes': () => flood('HTTP/1.1 200 OK\r\nX-Long: ', 'x'.repeat(16_000), 3),
  'one name of megabytes': () => flood('HTTP/1.1 200 OK\r\n', 'x'.repeat(16_000), 3),
  'a thousand Set-Cookie': () =>
    raw(`HTTP/1.1 200 OK\r\n${many(1000, (i) => `Set-Cookie: a${i}=b\r\n`)}Content-Length: 2\r\n\r\n{}`),
  'cookies without end': () => flood('HTTP/1.1 200 OK\r\n', 'Set-Cookie: a=b; Path=/; HttpOnly\r\n'.repeat(300), 3),
  'headers of the same name': () => raw(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(9000)}Content-Length: 2\r\n\r\n{}`),
  'twelve thousand short headers': () =>
    raw(`HTTP/1.1 200 OK\r\n${'a:b\r\n'.repeat(12_000)}Content-Length: 2\r\n\r\n{}`),
  'folded lines': () => raw(`HTTP/1.1 200 OK\r\nX: a\r\n${' b\r\n'.repeat(12_000)}Content-Length: 2\r\n\r\n{}`),
  'folded lines without end': () => flood('HTTP/1.1 200 OK\r\nX: a\r\n', ' \r\n\t\r\n'.repeat(2000), 3),
  'spaces in a header without end': () => flood('HTTP/1.1 200 OK\r\nX:', ' '.repeat(16_000), 3),
  'two lengths': () => raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '),
  'length and chunks': () =>
    raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'),
  'chunked twice': () => raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'),
  'transfer encoding gzip': () =>
    raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'),
  'length with a plus': () => raw('HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}'),
  'length of hex': () => raw('HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n{}'),
  'length beyond 64 bits': () => raw('HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}'),
  'length of 2^53': () => raw('HTTP/1.1 200 OK\r\nContent-Length: 9007199254740993\r\n\r\n{}'),
  'bare line feeds': () => raw('HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'),
  'no name': () => raw('HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\n{}'),
  'space before the colon': () => raw('HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}'),
  '__proto__ as a header': () =>
    raw('HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nContent-Length: 2\r\n\r\n{}'),
  'encodings of 60 kB': () => raw(ok(`Content-Encoding: ${'gzip,'.repeat(12_000)}gzip`, 'Content-Length: 2'), '{}'),
  'encodings of spaces': () => raw(ok(`Content-Encoding: ${' '.repeat(60_000)}gzip`, 'Content-Length: 2'), '{}'),
  'encodings of commas': () => raw(ok(`Content-Encoding: ${',  '.repeat(20_000)}`, 'Content-Length: 2'), '{}'),
  'date of 60 kB': () => raw(ok(`Date: ${'1 '.repeat(30_000)}`, 'Content-Length: 2'), '{}'),
  'date of brackets': () => raw(ok(`Date: ${'('.repeat(60_000)}`, 'Content-Length: 2'), '{}'),
  'retry after of 60 kB': () =>
    raw(head('HTTP/1.1 429 X', `Retry-After: ${'9'.repeat(60_000)}`, 'Content-Length: 2'), '{}'),
  'retry after of spaces': () =>
    raw(head('HTTP/1.1 503 X', `Retry-After: 1${' '.repeat(60_000)}x`, 'Content-Length: 2'), '{}'),
  'location of 60 kB': () => raw(head('HTTP/1.1 302 X', `Location: /${'../'.repeat(20_000)}`, 'Content-Length: 0')),
  'location of at signs': () =>
    raw(head('HTTP/1.1 302 X', `Location: http://${'@'.repeat(60_000)}`, 'Content-Length: 0')),
  'location of dots': () => raw(head('HTTP/1.1 302 X', `Location: http://${'a.'.repeat(30_000)}`, 'Content-Length: 0')),
  'location of punycode': () =>
    raw(head('HTTP/1.1 302 X', `Location: http://xn--${'a'.repeat(59_000)}`, 'Content-Length: 0')),
  'location of unicode': () =>
    raw(head('HTTP/1.1 302 X', `Location: http://${'%C3%9F.'.repeat(8000)}`, 'Content-Length: 0')),
  'location with a query of 60 kB': () =>
    raw(head('HTTP/1.1 302 X', `Location: /?${"'<>".repeat(20_000)}`, 'Content-Length: 0')),
  'version of 60 kB': () => raw(ok(`Auth-Api-Version: ${'4'.repeat(60_000)}`, 'Content-Length: 2'), '{}'),
  'content type of 60 kB': () =>
    raw(head('HTTP/1.1 403 X', `Content-Type: ${'text/html;'.repeat(6000)}`, 'Content-Length: 2'), '{}'),

  // Chunks.
  'chunk extension without end': () => flood(`${stream}2;`, 'a=b;'.repeat(4000), 3),
  'extensions of many chunks': () => flood(stream, `1;${'a'.repeat(8000)}\r\n \r\n`, 3),
  'extension in quotes': () => flood(`${stream}2;a="`, '\\"'.repeat(8000), 3),
  'chunks of one byte': () => flood(stream, '1\r\n \r\n'.repeat(3000), 3),
  'chunks of one byte, all at once': () => raw(`${stream}${'1\r\n \r\n'.repeat(400_000)}0\r\n\r\n`),
  'chunk size of a thousand digits': () => raw(`${stream}${'0'.repeat(5000)}2\r\n{}\r\n0\r\n\r\n`),
  'zeros in a chunk size without end': () => flood(stream, '0'.repeat(16_000), 3),
  'chunk size of 2^64': () => raw(`${stream}ffffffffffffffff\r\n{}`),
  'chunk size beyond 2^64': () => raw(`${stream}1ffffffffffffffffff\r\n{}`),
  'trailers without end': () => flood(`${stream}2\r\n{}\r\n0\r\n`, 'X-More: y\r\n'.repeat(1500), 3),
  'one trailer of megabytes': () => flood(`${stream}2\r\n{}\r\n0\r\nX: `, 'y'.repeat(16_000), 3),
  trailers: () => raw(`${stream}2\r\n{}\r\n0\r\nContent-Length: 5\r\nSet-Cookie: a=b\r\n\r\n`),

  // Encoded bodies.
  'gzip of 1.9 MB of spaces': () => packed('gzip', gzipSync(Buffer.alloc(1_900_000, ' '))),
  'gzip bomb': () => body(gzipSync(Buffer.alloc(megabytes(16))), 'Content-Encoding: gzip'),
  'brotli bomb': () => packed('br', brotliCompressSync(Buffer.alloc(megabytes(16)), quick)),
  'brotli with a window of 16 MB': () => packed('br', brotliCompressSync(Buffer.alloc(megabytes(3), 'ab'), quick)),
  'deflate raw': () => packed('deflate', deflateRawSync(Buffer.alloc(megabytes(16)))),
  deflate: () => packed('deflate', deflateSync(Buffer.alloc(megabytes(16)))),
  'gzip of a hundred thousand members': () => packed('gzip', Buffer.concat(Array(90_000).fill(gzipSync('')))),
  'gzip members of one byte': () => packed('gzip', Buffer.concat(Array(90_000).fill(gzipSync(' ')))),
  'gzip with a name of 1.9 MB': () => {
    const plain = gzipSync('{}')
    return packed(
      'gzip',
      Buffer.concat([
        Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
        Buffer.alloc(1_900_000, 'n'),
        Buffer.from([0]),
        plain.subarray(10),
      ]),
    )
  },
  'gzip with empty blocks': () => {
    const plain = gzipSync('')
    return packed(
      'gzip',
      Buffer.concat([plain.subarray(0, 10), Buffer.alloc(1_900_000, Buffer.from([0, 0, 0, 255, 255]))]),
    )
  },
  'gzip cut': () => packed('gzip', gzipSync(Buffer.alloc(100_000, 'x{')).subarray(0, 100)),
  'brotli cut': () => packed('br', brotliCompressSync(Buffer.alloc(100_000, 'x{')).subarray(0, 20)),
  'gzip with rubbish after it': () => packed('gzip', Buffer.concat([gzipSync('{}'), Buffer.alloc(1_900_000, 'r')])),
  'brotli of metadata blocks': () => packed('br', Buffer.alloc(1_900_000, 0x0c)),
  'gzip in chunks of one byte': () => {
    const bytes = gzipSync(Buffer.from(many(30_000, (i) => `${(i * 7919) % 65_536} `)))
    return raw(
      ok('Transfer-Encoding: chunked', 'Content-Encoding: gzip'),
      Buffer.concat([...[...bytes].map((one) => Buffer.from([0x31, 13, 10, one, 13, 10])), Buffer.from('0\r\n\r\n')]),
    )
  },

  // JSON.
  'nested lists': () => json('['.repeat(1_900_000)),
  'nested objects': () => json('{"a":'.repeat(390_000)),
  '63 deep, 10,000 values': () => json(list(150, () => `${'['.repeat(62)}1${']'.repeat(62)}`)),
  'a string of escapes': () => json(`{"title":"${'\\u0041'.repeat(315_000)}"}`),
  'a string of backslashes': () => json(`{"title":"${'\\\\'.repeat(945_000)}"}`),
  'a string of quotes': () => json(`{"title":"${'\\"'.repeat(945_000)}"}`),
  'a string that does not end': () => json(`{"title":"${'\\'.repeat(1_900_000)}`),
  'strings of backslashes that do not end': () => json(`{"title":"${`${'\\'.repeat(999)}"`.repeat(1900)}`),
  'a number of 1.9 MB': () => json(`{"unread_notifications":${'9'.repeat(1_900_000)}}`),
  'a number of zeros': () => json(`{"unread_notifications":0.${'0'.repeat(1_900_000)}1}`),
  'an exponent of 1.9 MB': () => json(`{"unread_notifications":1e${'9'.repeat(1_900_000)}}`),
  'nine thousand long numbers': () => json(list(9000, () => `1.${'7'.repeat(200)}e-300`)),
  '100,000 keys': () => json(`{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
  '9,900 keys': () => json(`{${Array.from({ length: 9900 }, (_, i) => `"k${i}${'x'.repeat(170)}":1`).join(',')}}`),
  '9,900 keys that are numbers': () =>
    json(`{${Array.from({ length: 9900 }, (_, i) => `"${i * 400_000}":1`).join(',')}}`),
  '9,900 keys in data': () =>
    json(
      everything(list(1, (i) => row(i, `,"data":{${Array.from({ length: 9800 }, (_, k) => `"k${k}":1`).join(',')}}`))),
    ),
  '9,900 same keys': () => json(`{${Array.from({ length: 9900 }, () => '"a":1').join(',')}}`),
  '9,900 rows of nothing': () => json(everything(list(9900, () => '0'))),
  '600 rows': () => json(everything(list(600, (i) => row(i)))),
  '600 rows of the same id': () => json(everything(list(600, () => row(0)))),
  '600 rows with long titles': () =>
    json(everything(list(600, (i) => row(i, `,"fancy_title":"${'&amp;&lt;'.repeat(330)}"`)))),
  '60 rows with titles of 30 kB': () =>
    json(everything(list(60, (i) => row(i, `,"fancy_title":"${'&#x41;'.repeat(5000)}"`)))),
  '60 rows with tags': () => json(everything(list(60, (i) => row(i, `,"fancy_title":"${'<'.repeat(30_000)}"`)))),
  '60 rows with colons': () => json(everything(list(60, (i) => row(i, `,"fancy_title":"${':a'.repeat(15_000)}"`)))),
  '60 rows with names of bidi marks': () =>
    json(everything(list(60, (i) => row(i, `,"fancy_title":"${'\u202e\u2066'.repeat(5000)}"`)))),
  '60 rows with combining marks': () =>
    json(everything(list(60, (i) => row(i, `,"fancy_title":"a${'\u0301'.repeat(10_000)}"`)))),
  '60 rows with emoji joined': () =>
    json(everything(list(60, (i) => row(i, `,"fancy_title":"${'\u{1f468}\u200d'.repeat(4000)}"`)))),
  '60 rows with surrogates': () =>
    json(everything(list(60, (i) => row(i, `,"fancy_title":"${'\\ud800'.repeat(5000)}"`)))),
  '60 rows with slugs of 30 kB': () => json(everything(list(60, (i) => row(i, `,"slug":"${'%'.repeat(30_000)}"`)))),
  '60 rows with data as text': () => json(everything(list(60, (i) => row(i, `,"data":"${'{\\"a\\":'.repeat(3500)}"`)))),
  '60 rows with excerpts': () =>
    json(
      everything(
        list(60, (i) => row(i, `,"data":{"excerpt":"${'<a '.repeat(10_000)}","message":"${'&'.repeat(5000)}"}`)),
      ),
    ),
  'a title of 1.9 MB of entities': () => json(everything('[]', `"${'&amp;'.repeat(375_000)}"`)),
  'a title of 1.9 MB of spaces': () => json(everything('[]', `"${' '.repeat(1_900_000)}"`)),
  'an address of 1.9 MB': () => json(everything('[]', `"https://${'a@'.repeat(940_000)}"`)),
  '__proto__ everywhere': () =>
    json(
      `{"__proto__":{"username":"x"},"constructor":{"prototype":{}},"notifications":[{"__proto__":{"id":1}}],"current_user":{"__proto__":null}}`,
    ),
  groups: () =>
    json(
      `{"username":"eve","unread_notifications":1,"group_inboxes":${list(2500, (i) => `{"group_id":${i},"group_name":"${'g'.repeat(500)}","count":1}`)}}`,
    ),
  'errors without end': () =>
    raw(head('HTTP/1.1 403 X', jsonType), `{"errors":${list(9900, () => `"${'e'.repeat(180)}"`)}}`),
  'an error of 1.9 MB': () =>
    raw(
      head('HTTP/1.1 429 X', jsonType),
      `{"errors":["${'9 seconds '.repeat(190_000)}"],"extras":{"wait_seconds":1e99}}`,
    ),
  'a page of 1.9 MB': () => raw(head('HTTP/1.1 403 X', 'Content-Type: text/html'), '<title>'.repeat(270_000)),
  'a page of spaces': () => raw(head('HTTP/1.1 200 OK', 'Content-Type: text/html'), `<html>${' \n'.repeat(940_000)}x`),
  'UTF-16': () =>
    body(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(everything(list(600, (i) => row(i))), 'utf16le')])),
  'invalid UTF-8': () => body(Buffer.alloc(1_900_000, 0xff)),
  'text of four-byte characters': () => body(`{"title":"${'\u{1f600}'.repeat(470_000)}"}`),

  // What a message bus says.
  'a batch of 3,000 bus messages': () => batch(3000, '/notification/1', () => '{"unread_notifications":1}'),
  'a batch of 900 with rows': () =>
    batch(900, '/notification/1', (i) => `{"unread_notifications":1,"last_notification":{"notification":${row(i)}}}`),
  'a batch of 900 alerts': () =>
    batch(
      900,
      '/notification-alert/1',
      (i) =>
        `{"notification_type":1,"topic_title":"t","post_number":1,"topic_id":${i},"post_url":"/t/s/${i}/1","username":"u","excerpt":"${'<b>&amp;'.repeat(100)}"}`,
    ),
  'batches of one': () =>
    raw(
      stream,
      chunked(
        many(
          20_000,
          (i) =>
            `[{"global_id":-1,"message_id":${i},"channel":"/notification/1","data":{"unread_notifications":1}}]${separator}`,
        ),
      ),
    ),
  'batches without end': () =>
    flood(
      stream,
      chunk(
        `[{"global_id":-1,"message_id":5,"channel":"/notification/1","data":{"unread_notifications":1}}]${separator}`.repeat(
          200,
        ),
      ),
      2,
    ),
  'rows without end': () =>
    flood(
      stream,
      chunk(
        `[${many(40, (i) => `{"global_id":-1,"message_id":${i},"channel":"/notification/1","data":{"last_notification":{"notification":${row(i)}}}},`)}{}]${separator}`,
      ),
      2,
    ),
  'separators only': () => raw(stream, chunked(separator.repeat(380_000))),
  'separators in chunks of one byte': () => raw(stream, chunked([...`[]${separator}`.repeat(20_000)])),
  'separators split everywhere': () => ({
    bytes: Buffer.from(
      `${stream}${chunked(Array<string>(5).fill(`[{"channel":"/notification/1","message_id":1,"data":{}}]${separator}`))}`,
    ),
    apart: true,
  }),
  'doubled separators': () =>
    raw(stream, chunked(`[{"channel":"/x","message_id":1,"data":"${'\r\n||'.repeat(180_000)}\r\n"}]${separator}`)),
  'half separators': () => raw(stream, chunked('\r\n|\r'.repeat(400_000))),
  'a part of 1 MB of lists': () => raw(stream, chunked(`[${'[],'.repeat(300_000)}0]${separator}`)),
  'parts of 9,900 lists': () => raw(stream, chunked(Array<string>(60).fill(`[${'[],'.repeat(9900)}0]${separator}`))),
  'status with 9,900 channels': () =>
    raw(
      stream,
      chunked(
        `[{"channel":"/__status","message_id":-1,"data":{${Array.from({ length: 9900 }, (_, i) => `"/c/${i}":${i}`).join(',')}}}]${separator}`,
      ),
    ),
}
