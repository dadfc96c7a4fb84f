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
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, `$1${redacted}@`)
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, `$1?${redacted}`)
    .replace(new RegExp(`[${base64}]{40,}(?:(?:\\s|\\\\[nr])+[${base64}]+)*`, 'g'), redacted)
    .replace(/[0-9a-f]{32,}/gi, redacted)
