const UNESCAPED = /[A-Za-z0-9_.~-]/

/** `CGI.escape` of Ruby: a space is `+`, everything but letters, digits and `_.-~` is percent encoded byte by byte. */
export function cgiEscape(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte)
    if (UNESCAPED.test(character)) return character
    return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

/**
 * The redirect with the payload appended, and with the one-time password if there is one: an existing query is kept, a
 * fragment stays last (protocol.md 1.4).
 */
export function redirectWithPayload(redirect: string, payload: string, oneTimePassword?: string): string {
  const [beforeFragment = '', ...fragment] = redirect.split('#')
  const separator = beforeFragment.includes('?') ? '&' : '?'
  const end = fragment.length === 0 ? '' : `#${fragment.join('#')}`
  const otp = oneTimePassword === undefined ? '' : `&oneTimePassword=${cgiEscape(oneTimePassword)}`
  return `${beforeFragment}${separator}payload=${cgiEscape(payload)}${otp}${end}`
}
