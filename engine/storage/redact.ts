/** What stands where something was taken out. */
export const redacted = '[redacted]'

/** The characters of Base64 and its kind for addresses, and of both inside an address. */
const base64 = 'A-Za-z0-9+/_=%-'

/**
 * Takes out of a text whatever may be a secret: 32 or more hex digits (keys, nonces, tokens: protocol.md 1.3 and 1.8), 40 or more
 * characters of Base64 with what follows in further lines (payloads, key pairs), queries and fragments of addresses, and
 * names and passwords in them. It rather takes too much.
 */
export const redact = (text: string): string =>
  text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, `$1${redacted}@`)
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, `$1?${redacted}`)
    .replace(new RegExp(`[${base64}]{40,}(?:(?:\\s|\\\\[nr])+[${base64}]+)*`, 'g'), redacted)
    .replace(/[0-9a-f]{32,}/gi, redacted)
