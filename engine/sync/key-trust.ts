/**
 * What is thought of a key. A forum in trouble, and proxies before it, refuse good keys as well (protocol.md 4.2), so a
 * key is given up only when two of its endpoints refuse it twice, a minute apart, while the forum answers visitors.
 */
export type KeyTrust =
  | { readonly kind: 'trusted' }
  /** Refused, and to be asked again; `since` in milliseconds since 1970. */
  | { readonly kind: 'doubted'; readonly since: number }
  | { readonly kind: 'refused' }

/** How long a key is doubted before it may be given up. In milliseconds. */
export const doubtPeriod = 60_000

/** The same after one more refusal. */
export const afterRefusal = (trust: KeyTrust, now: number): KeyTrust => {
  // A clock that was set back since then says nothing about how long it has been.
  if (trust.kind === 'trusted' || (trust.kind === 'doubted' && now < trust.since))
    return { kind: 'doubted', since: now }
  if (trust.kind === 'doubted' && now - trust.since >= doubtPeriod) return { kind: 'refused' }
  return trust
}
