/** Replaces what was removed. */
export const redacted = '[redacted]'

/** The characters of Base64 and base64url, and of both when percent-encoded. */
const base64 = 'A-Za-z0-9+/_=%-'

/**
 * Removes anything that may be a secret: 32 or more hex digits (keys, nonces, tokens: protocol.md 1.3 and 1.8), 40 or
 * more characters of Base64 and their continuation lines (payloads, key pairs), and the queries, fragments, user names
 * and passwords of URLs. When in doubt it removes too much.
 */
export const redact = (text: string): string =>
  text
    .replace(address, withoutSecrets)
    .replace(longBase64, redacted)
    .replace(/[0-9a-f]{32,}/gi, redacted)

/** A URL and what is attached to it. No scheme is longer; without a limit a text of letters alone would take quadratic time. */
const address = /[a-z][a-z0-9+.-]{0,30}:\/\/\S*/gi
const longBase64 = new RegExp(`[${base64}]{40,}(?:(?:\\s|\\\\[nr])+[${base64}]+)*`, 'g')

const withoutSecrets = (url: string): string => {
  const end = url.search(/[?#]/)
  const head = (end < 0 ? url : url.slice(0, end)).replace(/:\/\/[^\s/]*@/g, `://${redacted}@`)
  return end < 0 ? head : `${head}?${redacted}`
}
