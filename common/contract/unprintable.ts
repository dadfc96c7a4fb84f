/**
 * What no line of text holds: control characters, which a terminal would obey, line and paragraph separators, lone
 * surrogates, and what changes the direction of everything that follows (UAX #9, explicit formatting).
 */
export const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
