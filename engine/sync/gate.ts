import { fail } from '../../common/contract/failure.ts'
import { shownHost } from '../discourse/address.ts'
import type { Http, HttpAnswer } from '../discourse/http.ts'
import { httpError } from '../discourse/http-error.ts'
import type { Clock } from '../ports/clock.ts'
import { createConcurrencyLimit } from '../timing/concurrency-limit.ts'
import type { Budget, LimitName, Purpose } from './budget.ts'
import { createOriginBudgets } from './origin-budgets.ts'

/** What every request to a forum passes: the key's budget, the address's budget, and a place among those on their way. */
export interface Gate {
  /** For requests with an account's key. */
  keyed(budget: Budget, purpose: Purpose, isTroubled?: boolean): Http
  /** For requests that carry no key. */
  open(purpose: Purpose): Http
}

/** How many requests are on their way at once; held polls only wait, and are not among them. */
const places = 5
/** Forums that failed lately have places of their own, so that nobody waits behind their time limits. */
const troubledPlaces = 2

/**
 * Makes the gate. A request that may not be sent yet gives a failure with the seconds to wait, and nothing is sent:
 * `rate_limited` when the forum has asked for it, `paced` when we do of our own accord. What forums answer is learnt from:
 * `Retry-After` and the limit's name (protocol.md 4.3).
 */
export const createGate = (http: Http, clock: Clock): Gate => {
  const origins = createOriginBudgets(clock)
  const healthy = createConcurrencyLimit(places)
  const troubled = createConcurrencyLimit(troubledPlaces)

  const through = (budget: Budget | undefined, purpose: Purpose, isTroubled: boolean): Http => ({
    send: async (request) => {
      const { origin } = new URL(request.url)
      const host = shownHost(origin)
      const isHeld = request.held === true
      const turnstile = isTroubled ? troubled : healthy
      const leave = isHeld ? () => undefined : await turnstile.enter(purpose === 'user')
      try {
        const told = Math.max(budget?.blockedUntil() ?? 0, origins.blockedUntil(origin)) - clock.now()
        if (told > 0) return fail('rate_limited', { host, seconds: Math.ceil(told / 1000) })
        const own = budget?.wait(purpose) || origins.take(origin)
        if (own > 0) return fail('paced', { host, seconds: Math.ceil(own / 1000) })
        budget?.take(purpose)
        const answer = await http.send(request)
        if (!answer.ok) return answer
        const seconds = answer.value.status === 429 ? httpError(answer.value, origin).params?.['seconds'] : undefined
        if (typeof seconds !== 'number') budget?.accepted()
        else if (isWordOnAddress(answer.value)) origins.refused(origin, seconds)
        // A server that is too busy for long polls says so without a name; questions may go on.
        else if (!isHeld || limitNamed(answer.value) !== undefined) budget?.refused(seconds, limitNamed(answer.value))
        return answer
      } finally {
        leave()
      }
    },
    close: () => http.close(),
  })

  return {
    keyed: (budget, purpose, isTroubled = false) => through(budget, purpose, isTroubled),
    open: (purpose) => through(undefined, purpose, false),
  }
}

const errorCode = ({ headers }: HttpAnswer): string => headers.get('discourse-rate-limit-error-code') ?? ''

const isWordOnAddress = (answer: HttpAnswer): boolean => errorCode(answer).startsWith('ip_')

/** Which limit of the key it was; forums before 2.8 do not say (protocol.md 4.3). */
const limitNamed = (answer: HttpAnswer): LimitName | undefined => {
  if (errorCode(answer) === 'user_api_key_limiter_60_secs') return 'minute'
  return errorCode(answer) === 'user_api_key_limiter_1_day' ? 'day' : undefined
}
