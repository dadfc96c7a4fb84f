import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { HttpAnswer, HttpRequest, HttpStack } from '../../engine/discourse/http.ts'
import { Cancellation } from '../../engine/network/cancellation.ts'
import type { Random } from '../../engine/ports/random.ts'
import type { FakeClock } from './fake-clock.ts'
import { scriptedAnswer as answer } from './scripted-answer.ts'
import { type BusFault, createScriptedBus } from './scripted-bus.ts'

/** How a forum, or what stands before it, behaves for a while. */
export type Behaviour =
  | { readonly kind: 'healthy' }
  /** 429 for everything with the key (protocol.md 4.3); without a name, as before 2.8, and the address's as well. */
  | { readonly kind: 'limited'; readonly seconds: number; readonly limit: 'minute' | 'day' | 'address' | 'unnamed' }
  | { readonly kind: 'status'; readonly status: 400 | 403 | 404 | 500 | 502 | 503; readonly retryAfter?: string }
  /** The key is refused, by the forum itself: for good, or by one that is in trouble (protocol.md 4.2). */
  | { readonly kind: 'key refused' }
  /** So large a share of all requests is refused, fails or is lost. */
  | { readonly kind: 'flaky'; readonly share: number }
  | { readonly kind: 'garbage'; readonly text: string }
  /** No answer comes, though the forum may have counted the request. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'unreachable' }
  /** The message bus alone (protocol.md 5.6). */
  | { readonly kind: 'bus'; readonly fault: BusFault }

/** A forum in memory with one user, on a fake clock: quick enough for thousands of simulated hours. */
export interface ScriptedForum {
  readonly http: HttpStack
  behave(behaviour: Behaviour): void
  /** The user's one number changes, and the bus tells. */
  setUnread(count: number): void
  unread(): number
  /** When each request with the key arrived that the forum counts. */
  readonly counted: readonly number[]
  /** When each request arrived, with the key or without. */
  readonly arrived: readonly number[]
  /** How many requests were sent although the forum had asked to wait. */
  sentTooEarly(): number
  /** Until when it has asked not to be asked. */
  toldUntil(): number
  /** When a healthy answer was given last to a question with the key. */
  answeredAt(): number
}

const user = 7
const deadline = 10_000
const heldDeadline = 45_000

export const createScriptedForum = (clock: FakeClock, random: Random): ScriptedForum => {
  let behaviour: Behaviour = { kind: 'healthy' }
  let unread = 0
  const bus = createScriptedBus(clock, random, user, () => unread)
  let told = 0
  let addressTold = 0
  /** While it is down it asks to be left alone until then; only the user may ask sooner. */
  let closedUntil = 0
  let tooEarly = 0
  let answeredAt = 0
  const counted: number[] = []
  const arrived: number[] = []
  const open = new Set<Cancellation>()

  const reply = async (request: HttpRequest): Promise<HttpAnswer | 'lost' | undefined> => {
    const isKeyed = request.key !== undefined
    const now = momentary(behaviour, random)
    if (now.kind === 'unreachable') return 'lost'
    arrived.push(clock.now())
    const { pathname } = new URL(request.url)
    const isPoll = pathname.startsWith('/message-bus/')
    // To the bus, whose key is beyond its limit is a visitor (protocol.md 5.6).
    if (now.kind === 'limited' && isPoll && now.limit !== 'address') return bus.poll(request, 'anonymous')
    if (now.kind === 'limited' && (isKeyed || now.limit === 'address')) {
      const code = limitCodes[now.limit]
      const headers = { 'retry-after': String(now.seconds), ...(code && { 'discourse-rate-limit-error-code': code }) }
      return answer(429, { errors: ['Slow down.'], error_type: 'rate_limit' }, headers)
    }
    // What a proxy answers may have reached the forum.
    if (isKeyed) counted.push(clock.now())
    if (now.kind === 'silent') return undefined
    if (now.kind === 'cut') return 'lost'
    if (now.kind === 'garbage') return answer(200, now.text)
    if (now.kind === 'status') {
      const { status, retryAfter } = now
      return answer(status, '<html>Not here</html>', retryAfter === undefined ? {} : { 'retry-after': retryAfter })
    }
    if (isPoll) return bus.poll(request, now.kind === 'bus' ? now.fault : undefined)
    if (isKeyed && now.kind === 'key refused') {
      return answer(403, { errors: ['You are not permitted.'], error_type: 'invalid_access' })
    }
    if (isKeyed) answeredAt = clock.now()
    return answerOf(pathname, unread)
  }

  const send = async (request: HttpRequest): Promise<Result<HttpAnswer>> => {
    const host = new URL(request.url).host
    const askedToWait = Math.max(addressTold, closedUntil, request.key === undefined ? 0 : told)
    if (clock.now() < askedToWait) tooEarly += 1
    // Less than the second that the engine leaves for the way.
    await passing(clock, 900 * random.fraction())
    const replied = await reply(request)
    await passing(clock, 50 * random.fraction())
    if (request.cancellation?.reason !== undefined) return fail('cancelled')
    if (replied !== undefined && replied !== 'lost' && replied.status === 200) request.onBody?.(replied.bytes)
    if (replied === 'lost')
      return behaviour.kind === 'cut' ? fail('connection_lost', { host }) : fail('offline', { host })
    if (replied !== undefined) {
      // A server too busy for polls says so without a name, and means polls only (protocol.md 5.6).
      const code = replied.headers.get('discourse-rate-limit-error-code')
      const until = clock.now() + Number(replied.headers.get('retry-after') ?? 0) * 1000
      if (replied.status === 503) closedUntil = until
      else if (code === limitCodes.address) addressTold = Math.max(addressTold, until)
      else if (request.held !== true || code !== undefined) told = Math.max(told, until)
      return ok(replied)
    }
    const limit = request.held === true ? heldDeadline : deadline
    await passing(clock, limit)
    return fail('timed_out', { host, seconds: limit / 1000 })
  }

  return {
    http: {
      send: (request) =>
        new Promise((resolve) => {
          const { cancellation = new Cancellation() } = request
          open.add(cancellation)
          cancellation.onCancel(() => resolve(fail('cancelled')))
          void send({ ...request, cancellation }).then((result) => {
            open.delete(cancellation)
            resolve(result)
          })
        }),
      setNetwork: async () => [],
      close: async () => {
        // What is said of an address holds a minute at most, and is not remembered over a restart.
        addressTold = 0
        closedUntil = 0
        for (const each of open) each.cancel()
      },
    },
    behave: (next) => {
      behaviour = next
      if (next.kind === 'bus') bus.begin(next.fault)
    },
    setUnread: (count) => {
      unread = count
      bus.publish()
    },
    unread: () => unread,
    counted,
    arrived,
    sentTooEarly: () => tooEarly,
    toldUntil: () => Math.max(told, addressTold, closedUntil),
    answeredAt: () => answeredAt,
  }
}

const passing = (clock: FakeClock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => void clock.after(milliseconds, resolve))

/** What a forum in order answers. */
const answerOf = (pathname: string, unread: number): HttpAnswer => {
  if (pathname === '/notifications/totals.json') return answer(200, { username: 'eve', unread_notifications: unread })
  if (pathname === '/notifications.json') return answer(200, { notifications: [], seen_notification_id: 0 })
  if (pathname === '/site/basic-info.json') return answer(200, { title: 'Scripted' })
  const current = { id: user, username: 'eve', all_unread_notifications_count: unread }
  const places = { notification_channel_position: null, do_not_disturb_channel_position: 0 }
  return answer(200, { current_user: { ...current, ...places } })
}

/** What a flaky forum does with one request. */
const momentary = (now: Behaviour, random: Random): Behaviour => {
  if (now.kind !== 'flaky') return now
  if (random.fraction() >= now.share) return { kind: 'healthy' }
  const faults: readonly Behaviour[] = [
    { kind: 'key refused' },
    { kind: 'status', status: 502 },
    { kind: 'cut' },
    { kind: 'garbage', text: '<html>' },
  ]
  return faults[Math.floor(random.fraction() * faults.length)] ?? now
}

const limitCodes = {
  minute: 'user_api_key_limiter_60_secs',
  day: 'user_api_key_limiter_1_day',
  address: 'ip_60_secs_limit',
  unnamed: undefined,
} as const
