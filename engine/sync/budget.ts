import { fail } from '../../common/failure.ts'
import type { Clock } from '../clock.ts'
import { shownHost } from '../discourse/address.ts'
import type { Http } from '../discourse/http.ts'
import { refusal } from '../discourse/refusal.ts'

/** What a forum allows one key by default (section 2.3). */
const limits = [
  { requests: 20, period: 60_000 },
  { requests: 2880, period: 24 * 60 * 60_000 },
] as const

/** How many requests an account may still make; everything sent with its key goes through it. */
export interface Budget {
  /** Takes one request. 0 when it may be sent now, otherwise the milliseconds until it may; then nothing was taken. */
  take(): number
  /** The forum asked to wait so many seconds. */
  obey(seconds: number): void
}

/** A budget that mirrors the server's sliding windows: a minute's and a day's (section 4.3). */
export const createBudget = (clock: Clock): Budget => {
  let sent: number[] = []
  let blockedUntil = 0
  const freeAt = (now: number): number =>
    limits.reduce((latest, { requests, period }) => {
      // The request that has to leave the window before another fits in.
      const blocking = sent.at(-requests)
      return blocking === undefined || blocking + period <= now ? latest : Math.max(latest, blocking + period)
    }, blockedUntil)
  return {
    take: () => {
      const now = clock.now()
      const wait = freeAt(now) - now
      if (wait > 0) return wait
      sent = [...sent.slice(-(limits[1].requests - 1)), now]
      return 0
    },
    obey: (seconds) => {
      blockedUntil = Math.max(blockedUntil, clock.now() + seconds * 1000)
    },
  }
}

/** `http` for one account: no request beyond the budget is sent, and the forum's own word on waiting is kept. */
export const withinBudget = (http: Http, budget: Budget): Http => ({
  send: async (request) => {
    const host = shownHost(new URL(request.url).origin)
    const wait = budget.take()
    if (wait > 0) return fail('rate_limited', { host, seconds: Math.ceil(wait / 1000) })
    const answer = await http.send(request)
    if (answer.ok && answer.value.status === 429) {
      const seconds = refusal(answer.value, new URL(request.url).origin).params?.['seconds']
      if (typeof seconds === 'number') budget.obey(seconds)
    }
    return answer
  },
  close: () => http.close(),
})
