import { isUtf8 } from 'node:buffer'

/**
 * Decodes a text file as its byte-order mark says: UTF-16, which PowerShell 5.1 writes by default, or else UTF-8. The mark
 * stays in front, for `parseJson` skips it; what is not valid becomes U+FFFD, which no reader of ours accepts outside a text.
 */
export const decodeText = (bytes: Buffer): string =>
  !isUtf8(bytes) && bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
