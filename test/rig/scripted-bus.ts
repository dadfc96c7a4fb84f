import type { HttpAnswer, HttpRequest } from '../../engine/discourse/http.ts'
import type { Random } from '../../engine/ports/random.ts'
import type { FakeClock } from './fake-clock.ts'
import { scriptedAnswer as answer } from './scripted-answer.ts'

/** What may be wrong with a message bus, or with a proxy in front of it (protocol.md 5.6). */
export type BusFault =
  | 'lost'
  | 'missing'
  | 'not held'
  | 'anonymous'
  | 'twice'
  | 'busy'
  | 'garbage'
  | 'gap'
  /** A proxy passes an answer on only when it is complete. */
  | 'buffered'
  /** Polls begin late, some of them. */
  | 'late'
  /** The stream is cut, endless, or broken in the middle. */
  | 'cut'
  | 'endless'
  | 'broken'

/** The message bus of a scripted forum, with one channel: that of its user's notifications. */
export interface ScriptedBus {
  /** Answers a poll; `lost` when the connection is. */
  poll(request: HttpRequest, fault: BusFault | undefined): Promise<HttpAnswer | 'lost' | undefined>
  /** The user's count has changed. */
  publish(): void
  /** Applies what a fault does to the bus when it begins. */
  begin(fault: BusFault): void
}

const longPoll = 25_000

/** @param unread the user's present count */
export const createScriptedBus = (
  clock: FakeClock,
  random: Random,
  user: number,
  unread: () => number,
): ScriptedBus => {
  let position = 10
  let backlogFrom = 0
  const channel = `/notification/${user}`
  /** Called when something is published on the bus. */
  const held = new Set<() => void>()

  const message = (id: number) => ({ global_id: id, message_id: id, channel, data: { unread_notifications: unread() } })
  const messagesAfter = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => message(from + 1 + index))
  const status = (form: HttpRequest['form']) => {
    const unknown = Object.entries(form ?? {}).filter(([name, at]) => at === -1 && name !== channel)
    const data = { ...Object.fromEntries(unknown.map(([name]) => [name, 0])), [channel]: position }
    return { global_id: -1, message_id: -1, channel: '/__status', data }
  }

  const backlog = ({ form }: HttpRequest, fault: BusFault | undefined): object[] => {
    const asked = Number(form?.[channel] ?? -1)
    if (asked === -1 || asked > position) return [status(form)]
    if (asked === position) return []
    if (fault === 'anonymous') return [status(form)]
    const messages = messagesAfter(Math.max(asked, backlogFrom), position)
    return fault === 'twice' ? [...messages, ...messages] : messages
  }

  const poll = async (request: HttpRequest, fault: BusFault | undefined): Promise<HttpAnswer | 'lost' | undefined> => {
    if (fault === 'late') await new Promise<void>((resolve) => clock.after(12_000 * random.fraction(), resolve))
    if (fault === 'missing') return answer(404, {})
    if (fault === 'busy') return answer(429, 'Busy.', { 'retry-after': '45' })
    if (fault === 'garbage') return answer(200, { messages: 'none' })
    const asked = Number(request.form?.[channel] ?? -1)
    const now = backlog(request, fault)
    const isChunked = request.headers?.['dont-chunk'] === undefined
    if (fault === 'not held' || (now.length > 0 && !isChunked)) return answer(200, now)
    if (isChunked && fault !== 'buffered') return await stream(request, asked, now, fault)
    const parts = isChunked ? [now] : []
    const isNews = await new Promise<boolean>((resolve) => {
      hold(request, () => resolve(false), isChunked ? undefined : () => resolve(true))
    })
    if (!isChunked) return answer(200, isNews ? backlog(request, fault) : [])
    parts.push(...messagesAfter(Math.max(asked, 0), position).map((one) => [one]))
    return answer(200, parts.map(chunk).join(''))
  }

  /** Calls `end` when the poll is over, and `news` each time something is published. */
  const hold = (request: HttpRequest, end: () => void, news: (() => void) | undefined): void => {
    const over = (): void => {
      if (news !== undefined) held.delete(news)
      cancel()
      end()
    }
    const cancel = clock.after(longPoll, over)
    request.cancellation?.onCancel(over)
    if (news !== undefined) held.add(news)
  }

  /** Answers at once, goes on with each message, and ends with the poll. */
  const stream = async (
    request: HttpRequest,
    asked: number,
    first: object[],
    fault: BusFault | undefined,
  ): Promise<HttpAnswer | 'lost'> => {
    let sent = asked < 0 ? position : Math.max(asked, position)
    const write = (text: string): void => {
      if (request.cancellation?.reason === undefined) request.onBody?.(Buffer.from(text))
    }
    write(fault === 'broken' ? chunk([...first, 'x']).slice(0, -7) : chunk(first))
    let isOver = false
    await new Promise<void>((resolve) => {
      if (fault === 'cut') clock.after(longPoll * random.fraction(), resolve)
      if (fault === 'endless') flood(clock, write, () => isOver || request.cancellation?.reason !== undefined)
      hold(request, resolve, () => {
        for (const one of messagesAfter(sent, position)) write(chunk(fault === 'anonymous' ? [] : [one]))
        sent = position
      })
    })
    isOver = true
    return fault === 'cut' ? 'lost' : answer(200, '')
  }

  return {
    poll,
    publish: () => {
      position += 1
      for (const news of [...held]) news()
    },
    begin: (fault) => {
      if (fault === 'lost') {
        position = 0
        backlogFrom = 0
      }
      if (fault === 'gap') {
        position += 200
        backlogFrom = position
      }
    },
  }
}

/** A part of a streamed poll (protocol.md 5.6). */
const chunk = (messages: readonly unknown[]): string => `${JSON.stringify(messages)}\r\n|\r\n`

/** Chunks without end, each second. */
const flood = (clock: FakeClock, write: (text: string) => void, isOver: () => boolean): void => {
  if (isOver()) return
  write(chunk([]).repeat(50))
  clock.after(1000, () => flood(clock, write, isOver))
}
