import { fail } from '../../common/contract/failure.ts'
import { shownHost } from '../discourse/address.ts'
import type { Http, HttpAnswer, HttpRequest } from '../discourse/http.ts'
import { httpError } from '../discourse/http-error.ts'
import { retryAfterSeconds } from '../discourse/retry-after.ts'
import type { Clock } from '../ports/clock.ts'
import { createConcurrencyLimit } from '../timing/concurrency-limit.ts'
import type { Budget, LimitName, Purpose } from './budget.ts'
import { createOriginBudgets } from './origin-budgets.ts'

/**
 * Every request to a forum passes it: it applies the key's budget, the IP address's budget and the concurrency limit.
 */
export interface Gate {
  /** For requests with an account's key. */
  keyed(budget: Budget, purpose: Purpose, isTroubled?: boolean): Http
  /** For requests that carry no key, or one that belongs to no account yet. */
  open(purpose: Purpose): Http
  /** For pictures, which never keep another request waiting. @param budget of the key, for those that carry one */
  pictures(budget?: Budget): Http
}

/** How many requests may run at once; held polls only wait, so they do not count. */
const concurrent = 5
/** Forums that failed recently have their own limit, so that no other forum waits for their deadlines. */
const troubledConcurrent = 2
/** Pictures have theirs too: a server of pictures may be slow. */
const picturesConcurrent = 3

/**
 * A request that may not be sent yet is not sent, and fails with the seconds to wait: `rate_limited` if the forum has
 * asked us to wait, `paced` if the wait is our own. Learns from the responses: `Retry-After` and the limit's name
 * (protocol.md 4.3).
 */
export const createGate = (http: Http, clock: Clock): Gate => {
  const origins = createOriginBudgets(clock)
  const healthy = createConcurrencyLimit(concurrent)
  const troubled = createConcurrencyLimit(troubledConcurrent)
  const ofPictures = createConcurrencyLimit(picturesConcurrent)

  /** Why a request may not be sent now; undefined if it may, and then it is counted. */
  const refuse = (origin: string, budget: Budget | undefined, purpose: Purpose, isPicture: boolean) => {
    const failure = (code: 'rate_limited' | 'paced', milliseconds: number) =>
      fail(code, { host: shownHost(origin), seconds: Math.ceil(milliseconds / 1000) })
    const asked = Math.max((budget?.blockedUntil() ?? 0) - clock.now(), origins.blockedFor(origin))
    if (asked > 0) return failure('rate_limited', asked)
    const closed = purpose === 'user' ? 0 : origins.closedFor(origin)
    const take = isPicture ? origins.takePicture : origins.take
    const own = closed || budget?.wait(purpose) || take(origin)
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
      // The bus responds with 200 even for a key beyond its limit (protocol.md 5.6).
      if (!isHeld) budget?.accepted()
    } else if (isAboutAddress(answer)) origins.refused(origin, seconds)
    // A server that is too busy for long polls does not name a limit; other requests may continue.
    else if (!isHeld || namedLimit(answer) !== undefined) budget?.refused(seconds, namedLimit(answer))
  }

  const through = (budget: Budget | undefined, purpose: Purpose, limit: typeof healthy): Http => ({
    send: async (request) => {
      const { origin } = new URL(request.url)
      const leave = request.held === true ? () => undefined : await limit.enter(purpose === 'user')
      try {
        const refusal = refuse(origin, budget, purpose, limit === ofPictures)
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
    pictures: (budget) => through(budget, 'question', ofPictures),
  }
}

const errorCode = ({ headers }: HttpAnswer): string => headers.get('discourse-rate-limit-error-code') ?? ''

const isAboutAddress = (answer: HttpAnswer): boolean => errorCode(answer).startsWith('ip_')

/** Which of the key's limits it was; forums before 2.8 do not say (protocol.md 4.3). */
const namedLimit = (answer: HttpAnswer): LimitName | undefined => {
  if (errorCode(answer) === 'user_api_key_limiter_60_secs') return 'minute'
  return errorCode(answer) === 'user_api_key_limiter_1_day' ? 'day' : undefined
}
