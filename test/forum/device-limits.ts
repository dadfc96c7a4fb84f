import { type LimitHit, RateLimits } from './rate-limits.ts'
import { SlidingLog } from './sliding-log.ts'

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE

/** The limits of the device flow (protocol.md 1.10; 11, no. 64). Each call charges, and gives the first refusal. */
export class DeviceLimits {
  readonly #creates = limiter(20, MINUTE)
  readonly #polls = limiter(60, MINUTE)
  readonly #pollsOfCode = limiter(60, MINUTE)
  readonly #attemptsOfAddress = limiter(30, HOUR)
  readonly #attempts = limiter(10, MINUTE)
  readonly #lookupsOfAddress = limiter(120, HOUR)
  readonly #lookups = limiter(30, MINUTE)

  create(address: string, now: number): LimitHit | null {
    return this.#creates.charge(address, now)
  }

  poll(address: string, now: number): LimitHit | null {
    return this.#polls.charge(address, now)
  }

  pollOfCode(deviceCode: string, now: number): LimitHit | null {
    return this.#pollsOfCode.charge(deviceCode, now)
  }

  /** A code was typed, right or wrong. */
  attempt(address: string, userId: number, code: string, now: number): LimitHit | null {
    return (
      this.#attemptsOfAddress.charge(address, now) ??
      this.#attempts.charge(`user ${userId}`, now) ??
      this.#attempts.charge(`code ${code}`, now)
    )
  }

  /** A request token was opened, right or wrong. */
  lookup(address: string, userId: number, token: string, now: number): LimitHit | null {
    return (
      this.#lookupsOfAddress.charge(address, now) ??
      this.#lookups.charge(`user ${userId}`, now) ??
      this.#lookups.charge(`token ${token}`, now)
    )
  }
}

function limiter(max: number, windowMs: number): RateLimits {
  return new RateLimits(() => [{ errorCode: null, log: new SlidingLog(max, windowMs) }])
}
