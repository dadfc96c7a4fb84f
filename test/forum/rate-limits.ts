import { SlidingLog } from './sliding-log.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** Global limits of protocol.md 2.3. `ip: null` switches the limits by address off. */
export interface Limits {
  readonly keyPerMinute: number
  readonly keyPerDay: number
  readonly ip: { readonly per10Seconds: number; readonly perMinute: number } | null
}

export const defaultLimits: Limits = { keyPerMinute: 20, keyPerDay: 2880, ip: null }

export interface LimitHit {
  /** `null`: this limiter has none, and the header is not sent. */
  readonly errorCode: string | null
  readonly waitSeconds: number
}

interface Window {
  readonly errorCode: string | null
  readonly log: SlidingLog
}

/** One pair of limiters for each name (a key's id, an address), the short window charged before the long one. */
export class RateLimits {
  readonly #windows: () => readonly Window[]
  readonly #byName = new Map<string, readonly Window[]>()

  constructor(windows: () => readonly Window[]) {
    this.#windows = windows
  }

  /** Charges `name`. When the later window refuses, the earlier one has already been spent (protocol.md 4, step 3). */
  charge(name: string, now: number): LimitHit | null {
    const windows = this.#byName.get(name) ?? this.#windows()
    this.#byName.set(name, windows)
    for (const { errorCode, log } of windows) {
      const waitSeconds = log.take(now)
      if (waitSeconds !== null) return { errorCode, waitSeconds }
    }
    return null
  }
}

/** Limits for each key (protocol.md 4.3); a new key starts fresh. */
export function keyLimits(limits: Limits): RateLimits {
  return new RateLimits(() => [
    { errorCode: 'user_api_key_limiter_60_secs', log: new SlidingLog(limits.keyPerMinute, MINUTE) },
    { errorCode: 'user_api_key_limiter_1_day', log: new SlidingLog(limits.keyPerDay, DAY) },
  ])
}

/** So many registrations of a client a day for each address (protocol.md 1.9). */
export function registrationLimits(perDay: number): RateLimits {
  return new RateLimits(() => [{ errorCode: null, log: new SlidingLog(perDay, DAY) }])
}

/** Limits for each address, whatever it asks for (protocol.md 2.3, 4.2), or none. */
export function ipLimits({ ip }: Limits): RateLimits | null {
  if (ip === null) return null
  return new RateLimits(() => [
    { errorCode: 'ip_10_secs_limit', log: new SlidingLog(ip.per10Seconds, 10 * SECOND) },
    { errorCode: 'ip_60_secs_limit', log: new SlidingLog(ip.perMinute, MINUTE) },
  ])
}
