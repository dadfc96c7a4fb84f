import type { ChannelState } from '../../common/contract/diagnosis.ts'
import type { Failure, Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import type { Session } from '../discourse/forum-client.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Vault } from '../storage/vault.ts'
import type { CoalescedTimer } from '../timing/coalesce-timers.ts'
import { createAccountLive } from './account-live.ts'
import { createAccountNews, type RowEvents } from './account-news.ts'
import { type Answer, createAccountQuestion } from './account-question.ts'
import { createAnswerOutcomes } from './answer-outcomes.ts'
import type { Budget, Purpose } from './budget.ts'
import { createChannelSilence } from './channel-silence.ts'
import type { Gate } from './gate.ts'
import type { Pace, PaceOptions } from './presence.ts'
import { createQuestionSchedule } from './question-schedule.ts'

/** Keeps one account up to date: by scheduled requests for its counts, and by the live channel in between. */
export interface AccountSync {
  /** The account or its key is new; `session` is what the forum has said about its user. */
  begin(session: Session | null): void
  /** Asks after `delay` milliseconds instead of the planned time. */
  askAfter(delay: number): void
  /** Asks for the counts now; joins a request that is already pending. */
  refresh(purpose: Purpose): Promise<Result<null>>
  /** The forum has confirmed that these are read. Asks for the counts; if a request is pending, once more after it. */
  onMarkedRead(notifications: readonly number[]): void
  /** The network has changed: what failed because of it is retried after `delay` milliseconds. */
  networkChanged(delay: number): void
  /** The pace has changed; if it is faster, the forum is asked after `delay` milliseconds. */
  paceChanged(delay: number): void
  /** The state of the live channel; null while it is closed. */
  channel(): ChannelState | null
  /** Stops asking. */
  stop(): void
}

export interface AccountSyncOptions {
  readonly id: string
  readonly model: Model
  readonly vault: Vault
  readonly gate: Gate
  readonly budget: Budget
  readonly clock: Clock
  readonly coalesced: CoalescedTimer
  readonly random: Random
  /** The current pace; undefined while the machine sleeps. */
  readonly paceOf: (channel: Pick<PaceOptions, 'isOpen' | 'unreported'>) => Pace | undefined
  /** New counts have arrived; `before` is the account before them. */
  readonly onCounts: (before: Account) => void
  readonly rowEvents: RowEvents
  /** The forum has stopped accepting the account's key; called once. */
  readonly onRefused: (id: string) => void
}

const minute = 60_000
const day = 24 * 60 * minute

/** Excerpts follow their notification row, and do-not-disturb is not a count: neither changes the totals. */
const isWithoutCounts = (channel: string): boolean =>
  channel.startsWith('/notification-alert/') || channel.startsWith('/do-not-disturb/')

/** One closure over a hundred lines: it only connects rows, live channel, schedule and outcomes of one account. */
export const createAccountSync = (options: AccountSyncOptions): AccountSync => {
  const { id, model, vault, gate, budget, clock, coalesced, random, paceOf, onCounts, rowEvents, onRefused } = options
  const news = createAccountNews({ id, model, rowEvents })
  const silence = createChannelSilence(clock, model.account(id)?.cache.counts?.chat ?? 0)
  const schedule = createQuestionSchedule(
    clock,
    () => askByClock(),
    () => pace()?.followUp ?? 0,
  )
  let asking: Promise<Result<null>> | undefined
  let isStopped = false

  const pace = (): Pace | undefined => paceOf({ isOpen: live.isOpen(), unreported: silence.unreported() })

  const live = createAccountLive({
    ...{ id, model, vault, gate, budget, clock, coalesced, random, pace },
    onMessages: (messages: readonly BusMessage[]) => {
      silence.onBusMessages(messages)
      model.batch(() => news.onBusMessages(messages))
      if (messages.some(({ channel }) => !isWithoutCounts(channel))) schedule.hurry()
    },
    onListening: (isListening) => rowEvents.onListening(id, isListening),
    onDoubt: () => {
      silence.onClosed()
      news.wantList()
      schedule.hurry()
    },
  })

  /**
   * With some jitter, so that accounts do not synchronise; never later than the pace while the live channel is open.
   */
  const defaultPause = (): number => {
    const present = pace()
    if (present === undefined) return day
    return present.question * (live.isOpen() ? 0.94 + 0.06 * random.fraction() : 0.9 + 0.2 * random.fraction())
  }

  const outcomes = createAnswerOutcomes({
    ...{ id, clock, random, defaultPause },
    interval: () => paceOf({ isOpen: false, unreported: 'none' })?.question ?? minute,
  })

  const question = createAccountQuestion({
    ...{ id, model, vault, gate, budget, clock, live, news },
    isTroubled: outcomes.isTroubled,
  })

  const closeLive = (): void => {
    live.close()
    silence.onClosed()
  }

  /** Applies an answer in one batch: observers of the new state also find the next request planned. */
  const settle = (answer: Answer): Result<null> => {
    asking = undefined
    const before = model.account(id)
    if (before !== undefined && answer.kind === 'counted') {
      silence.onCounts(before.cache.counts, answer.reading.counts)
      if (!live.isOpen()) silence.onClosed()
    }
    const { result, state, refused, username, cache, list, next } = outcomes.of(before, answer)
    if (isStopped) return result
    if (!result.ok && state !== undefined) closeLive()
    schedule.onAnswer(next, !result.ok)
    if (before === undefined || state === undefined) return result
    const listedAt = list ? { listedAt: clock.now() } : {}
    model.changeAccount(id, (account) => ({
      ...account,
      ...(refused === undefined ? {} : { refused }),
      ...(username === undefined ? {} : { username }),
      state,
      cache: { ...account.cache, ...cache, ...listedAt },
      isLive: live.isOpen(),
    }))
    if (list !== undefined) news.onList(list)
    // Whether the forum accepts the key is saved, so that a dead key is not tried at every start.
    if (refused !== undefined && refused !== before.refused) {
      model.save()
      if (refused) onRefused(id)
    }
    if (result.ok) onCounts(before)
    return result
  }

  const refresh = (purpose: Purpose): Promise<Result<null>> => {
    if (asking !== undefined) return asking
    schedule.onQuestion()
    silence.onQuestion()
    asking = question
      .ask(purpose)
      // Whatever goes wrong with one request, the next one is made.
      .catch((): Answer => ({ kind: 'failed', failure: { code: 'internal' } }))
      .then((answer) => model.batch(() => settle(answer)))
    return asking
  }

  const askByClock = (): void => {
    const rest = untilRefusedKeyIsTried()
    if (rest === 0) void refresh('question')
    else waitWithRefusedKey(rest)
  }

  /** Milliseconds until a refused key is tried again, which happens once a day; 0 for other keys. */
  const untilRefusedKeyIsTried = (): number => {
    const account = model.account(id)
    if (account?.refused !== true || account.revoking) return 0
    const since = clock.now() - (account.cache.refusedKeyTriedAt ?? Number.NEGATIVE_INFINITY)
    return since < 0 ? day : Math.max(0, day - since)
  }

  const waitWithRefusedKey = (rest: number): void => {
    schedule.plan(rest)
    model.changeAccount(id, (account) => {
      const failure: Failure = { code: 'access_refused', params: { host: account.site.host } }
      return { ...account, state: { kind: 'needsSignIn', failure } }
    })
  }

  return {
    begin: (session) => {
      if (session !== null) question.onSession(session)
      void refresh('user')
    },
    askAfter: schedule.plan,
    refresh: (purpose) => {
      if (purpose === 'user') news.wantList()
      return refresh(purpose)
    },
    onMarkedRead: (notifications) => {
      news.onMarkedRead(notifications)
      if (asking === undefined) void refresh('user')
      else schedule.askAgain()
    },
    networkChanged: (delay) => {
      // The live channel may work on another network, and polls held through the old one are dead.
      const wasLive = live.isOpen()
      closeLive()
      if (wasLive) model.changeAccount(id, (account) => ({ ...account, isLive: false }))
      live.forgetTroubles()
      if (wasLive || outcomes.hasFailed()) schedule.plan(delay)
    },
    paceChanged: (delay) => {
      const present = pace()
      if (present?.isLive !== true && live.isOpen()) {
        closeLive()
        model.changeAccount(id, (account) => ({ ...account, isLive: false }))
      }
      if (present === undefined) schedule.cancel()
      // After failures the back-off decides, and an account that cannot be asked stays that way.
      if (present === undefined || outcomes.hasFailed() || model.account(id)?.state.kind !== 'fresh') return
      schedule.plan(present.isLive ? delay : defaultPause())
    },
    channel: () => {
      if (!live.isOpen()) return null
      if (silence.isSilent()) return 'silent'
      return live.isBuffered() ? 'buffered' : 'streamed'
    },
    stop: () => {
      isStopped = true
      schedule.stop()
      live.close()
    },
  }
}
