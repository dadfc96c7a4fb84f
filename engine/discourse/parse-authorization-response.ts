import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { parseUrl } from '../../common/contract/parse-url.ts'
import { halfWidth } from '../../common/contract/pasted-address.ts'

/**
 * Payloads are encrypted for our key of 2048 bits (`createKeypair`): 256 bytes, which Base64 writes as 342 characters
 * and two `=` (RFC 4648, 4).
 */
const wholeLength = 342
/** As much text as the command takes (`attempt.accept`). */
const longestText = 20_000
/** A text can hold several runs of the right length; each costs two RSA operations of a millisecond. */
const mostCandidates = 16

/** Whether a command-line argument looks like an address of our scheme; all others are for other parsers. */
export const isDiscourseUrl = (text: string): boolean => /^discourse:/i.test(text)

/** What a forum returns, as Base64 without white space: an answer to a sign-in, a one-time password, or both. */
export type AuthorizationResponse =
  /**
   * `payloads` has one entry, except where it is not clear where a pasted code begins: then one of them is the code.
   */
  | { readonly payloads: readonly [string, ...string[]]; readonly oneTimePassword?: string }
  | { readonly payloads?: never; readonly oneTimePassword: string }

/**
 * Reads a forum's answer: the address `discourse://auth_redirect?payload=…` that the system passes on, with
 * `oneTimePassword` beside the payload or instead of it (protocol.md 1.4 and 1.8), or the code as a person pastes it.
 *
 * Any program and any web page can send such an address, so of addresses only the exact form is accepted: this scheme
 * and host, one payload, no user, port, path or fragment (protocol.md 8). In pasted text the code may be wrapped in any
 * way and surrounded by anything, because forums show it with line breaks, below a sentence (protocol.md 1.3).
 * Failures: `payload_cut` for an incomplete code; `redirect_invalid` for everything else.
 */
export const parseAuthorizationResponse = (text: string): Result<AuthorizationResponse> => {
  const given = text.trim()
  if (given.length > longestText) return fail('redirect_invalid')
  return isDiscourseUrl(given) ? readRedirect(given.replace(endOfSentence, '')) : readPaste(given)
}

/** What may follow an address that was copied out of a sentence; `-` and `_` could belong to it. */
const endOfSentence = /(?<![.,;:!?)\]}>"'`’”»›…])[.,;:!?)\]}>"'`’”»›…]+$/

const readRedirect = (text: string): Result<AuthorizationResponse> => {
  const url = parseUrl(text)
  if (url === undefined) return fail('redirect_invalid')
  const exact =
    url.protocol === 'discourse:' &&
    url.hostname.toLowerCase() === 'auth_redirect' &&
    (url.pathname === '' || url.pathname === '/') &&
    url.username === '' &&
    url.password === '' &&
    url.port === '' &&
    url.hash === ''
  const payloads = url.searchParams.getAll('payload')
  if (!exact || payloads.length > 1) return fail('redirect_invalid')
  const [given] = payloads
  const payload = given === undefined ? undefined : readParameter(given)
  const passwords = url.searchParams.getAll('oneTimePassword')
  const [password] = passwords
  const oneTimePassword = password === undefined || passwords.length > 1 ? undefined : readParameter(password)
  if (payload !== undefined)
    return ok(oneTimePassword === undefined ? { payloads: [payload] } : { payloads: [payload], oneTimePassword })
  if (given !== undefined) return fail(isPartOfCode(given) ? 'payload_cut' : 'redirect_invalid')
  return oneTimePassword === undefined ? fail('redirect_invalid') : ok({ oneTimePassword })
}

/** Whether a parameter is the beginning of a code and nothing else; the cut may go through an escaped character. */
const isPartOfCode = (value: string): boolean =>
  /^[A-Za-z0-9+/=\s]+(?:%[0-9a-f]?)?$/i.test(value) && looksLikeCode(value)

/**
 * The Base64 in a parameter; undefined if it is incomplete. Spaces stand for line breaks, or for `+` where a launcher
 * has decoded the address twice (protocol.md 1.4): only one of the two gives the right length.
 */
const readParameter = (value: string): string | undefined => {
  const decoded = decodePercent(value)
  const inOneLine = decoded.replace(/[\r\n\t]+/g, '').trim()
  return [decoded.replace(/\s+/g, ''), inOneLine.replaceAll(' ', '+')]
    .filter((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text))
    .map((text) => text.replace(/=+$/, ''))
    .filter((digits) => digits.length === wholeLength)
    .map(padded)[0]
}

const readPaste = (text: string): Result<AuthorizationResponse> => {
  const plain = withoutMarkup(decodePercent(decodeEntities(halfWidth(text))))
  const whole = isWrapped(plain) ? undefined : readParameter(plain)
  const found = whole === undefined ? [...findCodes(plain), ...findCodes(longestWords(plain))] : [whole]
  const [first, ...others] = new Set(found)
  if (first !== undefined) return ok({ payloads: [first, ...others] })
  return fail(looksLikeCode(plain) ? 'payload_cut' : 'redirect_invalid')
}

/** Whether the words of a text are lines of one length, so that the spaces between them were not `+`. */
const isWrapped = (text: string): boolean => {
  const lines = text.trim().split(/\s+/)
  return lines.slice(0, -1).every(({ length }) => length === lines[0]?.length)
}

/** What Base64 and its line breaks become in addresses; once more for each address that an address was put into. */
const decodePercent = (text: string): string =>
  text.replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%').replace(/%(?:2B|2F|3D|0A|0D|20)/gi, (code) => decodeURIComponent(code))

/** The signs of Base64, and of tags around it, in the source of a page. */
const namedSigns: Readonly<Record<string, string>> = { plus: '+', sol: '/', equals: '=', lt: '<', gt: '>', nbsp: ' ' }

const decodeEntities = (text: string): string =>
  text
    .replaceAll(/&amp;(?=#|[a-z]{2,6};)/gi, '&')
    .replace(/&(?:#x([\da-f]{2})|#(\d{2,3})|(plus|sol|equals|lt|gt|nbsp));/gi, (_, hex, decimal, name) =>
      name === undefined
        ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16))
        : (namedSigns[String(name).toLowerCase()] ?? ' '),
    )

/** The tags of a page's source, the escapes of JSON, and the colours of a terminal (ECMA-48, 5.4). */
const withoutMarkup = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, ' ')
    .replace(/<\/?(?:b|br|code|div|p|pre|span|strong|td|tr|wbr)\b[^<>]*>/gi, ' ')
    .replace(/\\u00(2b|2f|3d)/gi, (_, hex) => String.fromCodePoint(Number.parseInt(String(hex), 16)))
    .replace(/\\[nrt]/g, ' ')
    .replaceAll('\\/', '/')

/**
 * Everything in a text that may be a complete code: consecutive words with its length in total, however they are
 * separated; and what comes before a `=` or at an end of a longer word, where surrounding text has stuck to the code.
 * Codes that end in `=` come first, because they are likelier.
 */
const findCodes = (text: string): readonly string[] => {
  const words = [...text.matchAll(/[A-Za-z0-9+/]+/g)]
  const digits = words.join('')
  const likely: string[] = []
  const possible: string[] = []
  let offset = 0
  const starts = new Set<number>()
  for (const word of words) {
    const [{ length }] = word
    starts.add(offset)
    offset += length
    const end = offset
    const isEnded = /^\s*=/.test(text.slice(word.index + length))
    const before = digits.slice(end - wholeLength, end)
    if (end < wholeLength) continue
    if (isEnded) likely.push(before)
    else if (starts.has(end - wholeLength) || length > wholeLength) possible.push(before)
    if (length > wholeLength && !isEnded) possible.push(word[0].slice(0, wholeLength))
  }
  return [...new Set([...likely, ...possible])].slice(0, mostCandidates / 2).map(padded)
}

/**
 * The longest word of each line: what remains of a code whose lines have numbers, names, times or quotes in front of or
 * behind them.
 */
const longestWords = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => (line.match(/[A-Za-z0-9+/]+=*/g) ?? []).toSorted((a, b) => b.length - a.length)[0] ?? '')
    .join('\n')

const padded = (digits: string): string => `${digits}==`

/**
 * Whether a text contains a good part of a code: upper and lower case and digits, in a longer run than any sentence
 * has.
 */
const looksLikeCode = (text: string): boolean => {
  const runs = text.replace(/\s+/g, '').match(/[A-Za-z0-9+/]{40,}/g) ?? []
  const count = (run: string, kind: RegExp): number => run.match(kind)?.length ?? 0
  return runs.some((run) => count(run, /[0-9+/]/g) >= 4 && count(run, /[A-Z]/g) >= 8 && count(run, /[a-z]/g) >= 8)
}
