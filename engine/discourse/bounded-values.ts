import * as v from 'valibot'
import { cleanText } from './decode-server-text.ts'
import { wholeNumber } from './notification-data.ts'

// What a forum sends, bounded where it is read: text is one clean line of a known length, numbers are finite and within
// a range, so that no forum can break more than itself (ARCHITECTURE.md, decision 15).

/** No forum counts further than a million in earnest. */
const highestCount = 1_000_000

/**
 * Text for people: cleaned and cut to `longest` UTF-16 units; null when nothing readable is left, or when it is no
 * text.
 */
export const boundedText = (longest: number) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === 'string' ? cleanText(value, longest) : null)),
  )

/** A number of things, 0 or more; what is more than anybody has counts as the most. `1e400` is no number. */
export const boundedCount = v.pipe(
  v.number(),
  v.finite(),
  v.transform((value) => Math.min(highestCount, Math.max(0, Math.trunc(value)))),
)

/** The same where a version or a plugin leaves it out; a bad one is as good as none, for the others still count. */
export const optionalCount = v.optional(v.fallback(v.nullable(boundedCount), null))

/** An id or a position: a safe whole number, 0 or more, also from its digits; null for everything else. */
export const boundedWhole = v.pipe(v.unknown(), v.transform(wholeNumber))

/** Longer addresses serve nobody (RFC 9110, 4.1, asks for 8,000 octets of whole request lines). */
const longestAddress = 2000

/** An address or a path; null for what is no text or too long. Whoever opens it checks where it leads. */
export const boundedAddress = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' && value.length <= longestAddress ? withoutControls(value) : null)),
)

const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
