import { fail } from '../../common/contract/failure.ts'
import { shownHost } from '../discourse/address.ts'
import type { Http, HttpAnswer, HttpRequest } from '../discourse/http.ts'
import { httpError } from '../discourse/http-error.ts'
import { retryAfterSeconds } from '../discourse/retry-after.ts'
import type { Clock } from '../ports/clock.ts'
import { createConcurrencyLimit } from '../timing/concurrency-limit.ts'
import type { Budget, LimitName, Purpose } from './budget.ts'
import { createOriginBudgets } from './origin-budgets.ts'

/** What every request to a forum passes: the key's budget, the address's budget, and the limit on requests under way. */
export interface Gate {
  /** For requests with an account's key. */
  keyed(budget: Budget, purpose: Purpose, isTroubled?: boolean): Http
  /** For requests that carry no key, or one that belongs to no account yet. */
  open(purpose: Purpose): Http
}

/** How many requests are under way at once; held polls only wait, and do not count. */
const concurrent = 5
/** Forums that failed lately have a limit of their own, so that nobody waits behind their deadlines. */
const troubledConcurrent = 2

/**
 * A request that may not be sent yet gives a failure with the seconds to wait, and nothing is sent: `rate_limited` when
 * the forum has asked for it, `paced` when we do of our own accord. What forums answer is learnt from: `Retry-After` and
 * the limit's name (protocol.md 4.3).
 */
export const createGate = (http: Http, clock: Clock): Gate => {
  const origins = createOriginBudgets(clock)
  const healthy = createConcurrencyLimit(concurrent)
  const troubled = createConcurrencyLimit(troubledConcurrent)

  /** Why a request may not be sent now; otherwise it is counted. */
  const refuse = (origin: string, budget: Budget | undefined, purpose: Purpose) => {
    const failure = (code: 'rate_limited' | 'paced', milliseconds: number) =>
      fail(code, { host: shownHost(origin), seconds: Math.ceil(milliseconds / 1000) })
    const asked = Math.max((budget?.blockedUntil() ?? 0) - clock.now(), origins.blockedFor(origin))
    if (asked > 0) return failure('rate_limited', asked)
    const closed = purpose === 'user' ? 0 : origins.closedFor(origin)
    const own = closed || budget?.wait(purpose) || origins.take(origin)
    if (own > 0) return failure('paced', own)
    budget?.take(purpose)
    return undefined
  }

  const learn = (origin: string, budget: Budget | undefined, { held }: HttpRequest, answer: HttpAnswer): void => {
    const isHeld = held === true
    const { status, headers } = answer
    if (status === 503) {
      const seconds = retryAfterSeconds(headers)
      if (seconds !== undefined) origins.closed(origin, seconds)
    }
    const seconds = status === 429 ? httpError(answer, origin).params?.['seconds'] : undefined
    if (typeof seconds !== 'number') {
      // The bus answers 200 for a key that is beyond its limit as well (protocol.md 5.6).
      if (!isHeld) budget?.accepted()
    } else if (isAboutAddress(answer)) origins.refused(origin, seconds)
    // A server that is too busy for long polls does not name a limit; questions may go on.
    else if (!isHeld || namedLimit(answer) !== undefined) budget?.refused(seconds, namedLimit(answer))
  }

  const through = (budget: Budget | undefined, purpose: Purpose, limit: typeof healthy): Http => ({
    send: async (request) => {
      const { origin } = new URL(request.url)
      const leave = request.held === true ? () => undefined : await limit.enter(purpose === 'user')
      try {
        const refusal = refuse(origin, budget, purpose)
        if (refusal !== undefined) return refusal
        const answer = await http.send(request)
        if (answer.ok) learn(origin, budget, request, answer.value)
        return answer
      } finally {
        leave()
      }
    },
    close: () => http.close(),
  })

  return {
    keyed: (budget, purpose, isTroubled = false) => through(budget, purpose, isTroubled ? troubled : healthy),
    open: (purpose) => through(undefined, purpose, healthy),
  }
}

const errorCode = ({ headers }: HttpAnswer): string => headers.get('discourse-rate-limit-error-code') ?? ''

const isAboutAddress = (answer: HttpAnswer): boolean => errorCode(answer).startsWith('ip_')

/** Which limit of the key it was; forums before 2.8 do not say (protocol.md 4.3). */
const namedLimit = (answer: HttpAnswer): LimitName | undefined => {
  if (errorCode(answer) === 'user_api_key_limiter_60_secs') return 'minute'
  return errorCode(answer) === 'user_api_key_limiter_1_day' ? 'day' : undefined
}
