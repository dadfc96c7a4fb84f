import { isUtf8 } from 'node:buffer'

/**
 * Parses JSON from outside; undefined when it is not JSON. A byte-order mark in front is skipped: Windows editors and
 * PowerShell 5.1 write one (RFC 8259, section 8.1, allows a reader to ignore it).
 */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text)
  } catch {
    return undefined
  }
}

const byteOrderMark = '\uFEFF'

/**
 * Decodes a text file as its byte-order mark says: UTF-16, which PowerShell 5.1 writes by default, or else UTF-8. The mark
 * stays in front, for `parseJson` skips it; what is not valid becomes U+FFFD, which no reader of ours accepts outside a text.
 */
export const decodeText = (bytes: Buffer): string =>
  !isUtf8(bytes) && bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
