import * as v from 'valibot'
import { cleanText } from './decode-server-text.ts'
import { wholeNumber } from './notification-data.ts'

// What a forum sends, bounded where it is read: text is one clean line of a known length, numbers are finite and within
// a range, so that no forum can break more than itself (ARCHITECTURE.md, decision 15).

/** No real forum counts beyond a million. */
const highestCount = 1_000_000

/**
 * Text for people: cleaned and cut to `longest` UTF-16 units; null when nothing readable is left, or it is not a string.
 */
export const boundedText = (longest: number) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === 'string' ? cleanText(value, longest) : null)),
  )

/** A count, 0 or more, capped at the largest that makes sense. `1e400` is not a number. */
export const boundedCount = v.pipe(
  v.number(),
  v.finite(),
  v.transform((value) => Math.min(highestCount, Math.max(0, Math.trunc(value)))),
)

/** The same where a version or a plugin omits it; an invalid one counts as missing, so that the others still count. */
export const optionalCount = v.optional(v.fallback(v.nullable(boundedCount), null))

/** An id or a position: a safe whole number, 0 or more, also from its digits; null for everything else. */
export const boundedWhole = v.pipe(v.unknown(), v.transform(wholeNumber))

/** Longer addresses are of no use (RFC 9110, 4.1, asks for 8,000 octets of whole request lines). */
const longestAddress = 2000

/** An address or a path; null if it is not a string or too long. Whoever opens it checks where it leads. */
export const boundedAddress = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' && value.length <= longestAddress ? withoutControls(value) : null)),
)

const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
