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
