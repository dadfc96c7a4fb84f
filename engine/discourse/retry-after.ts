/** The longest wait that is accepted: no limit of a forum lasts longer (protocol.md 4.3). In seconds. */
export const longestRetry = 86_400

/**
 * The seconds that an answer's `Retry-After` asks to wait, 1 to a day; undefined if there is none, or it cannot be
 * understood. It is a number of seconds or a date (RFC 9110, 10.2.3); a date is read against the answer's own `Date`,
 * because this computer's clock may be wrong.
 * @param headers by lowercase name
 */
export const retryAfterSeconds = (headers: ReadonlyMap<string, string>): number | undefined => {
  const value = headers.get('retry-after')?.trim() ?? ''
  const seconds = /^\d+(\.\d+)?$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000
  return seconds > 0 ? Math.min(longestRetry, Math.ceil(seconds)) : undefined
}
