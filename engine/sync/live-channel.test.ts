import { expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createFakeClock, passTime } from '../../test/rig/fake-clock.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import { type ChannelPoll, createLiveChannel } from './live-channel.ts'

// Polls whose answers the test gives; how a channel gets on with forums is in live.test.ts.

type Answer = (poll: ChannelPoll) => void

/** An open channel, its pending polls, the newest last, and whether it has taken the forum's answers for buffered. */
const openChannel = () => {
  const clock = createFakeClock()
  const polls: { readonly poll: ChannelPoll; readonly end: (result: Result<null>) => void }[] = []
  let isBuffered = false
  const listened: boolean[] = []
  const received: number[] = []
  const ended: (string | undefined)[] = []
  const channel = createLiveChannel({
    clock,
    coalesced: clock.after,
    poll: (poll) => new Promise((end) => polls.push({ poll, end })),
    positions: { '/notification/7': 5 },
    mayChunk: () => !isBuffered,
    period: () => 26_000,
    onMessages: (messages) => void received.push(...messages.map(({ id }) => id)),
    onListening: (isListening) => void listened.push(isListening),
    onDoubt: () => undefined,
    onBuffered: () => {
      isBuffered = true
    },
    onEnded: (failure) => void ended.push(failure?.code),
  })
  void channel.open()
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const pass = (milliseconds: number) => passTime(clock, milliseconds, settle)
  const last = (answer: Answer) => {
    const pending = polls.at(-1)
    if (pending !== undefined) answer(pending.poll)
    return (result: Result<null>) => pending?.end(result)
  }
  return { channel, polls, listened, received, ended, pass, last, isBuffered: () => isBuffered }
}

const nothing: Answer = () => undefined
const empty: Answer = ({ onMessages }) => onMessages([])
const message = (id: number): BusMessage => ({ channel: '/notification/7', id, data: {} })

/** The chunked poll before the pending one brings everything at once, with its end. */
const endInOnePiece = (polls: ReturnType<typeof openChannel>['polls'], messages: readonly BusMessage[] = []) => {
  const { poll, end } = polls.at(-2) ?? {}
  poll?.onMessages([])
  if (messages.length > 0) poll?.onMessages(messages)
  end?.(ok(null))
}

it('concludes that a proxy buffers when two polls in a row arrive as a whole while those without chunks succeed', async () => {
  const { polls, pass, last, isBuffered, received } = openChannel()
  for (const round of [1, 2]) {
    await pass(6000)
    expect(polls.slice(-2).map(({ poll }) => poll.isChunked)).toEqual([true, false])
    await pass(19_000)
    endInOnePiece(polls, [message(5 + round)])
    await pass(5000)
    expect([isBuffered(), received]).toEqual([false, round === 1 ? [] : [6]])
    last(({ onMessages }) => onMessages([message(5 + round)]))(ok(null))
    await pass(1000)
  }
  expect([isBuffered(), received]).toEqual([true, [6, 7]])
  expect(polls.at(-1)?.poll.isChunked).toBe(false)
})

it('does not take a forum that is slow for a proxy that buffers, however often', async () => {
  const { polls, pass, last, isBuffered } = openChannel()
  await pass(7000)
  polls.at(-2)?.poll.onMessages([])
  await pass(2000)
  // The late poll has shown what it was kept for.
  expect(polls[0]?.poll.cancellation.reason).toBeDefined()
  await pass(21_000)
  last(nothing)(ok(null))
  for (let round = 0; round < 3; round++) {
    await pass(9000)
    expect(polls.at(-1)?.poll.isChunked).toBe(true)
    last(empty)
    await pass(18_000)
    last(nothing)(ok(null))
  }
  expect([isBuffered(), polls.filter(({ poll }) => !poll.isChunked)]).toEqual([false, [expect.anything()]])
})

it('does not take one poll that arrives as a whole for a proxy that buffers', async () => {
  const { polls, pass, last, isBuffered } = openChannel()
  for (let round = 0; round < 3; round++) {
    await pass(25_000)
    endInOnePiece(polls)
    await pass(5000)
    last(nothing)(ok(null))
    await pass(2000)
    last(empty)
    await pass(25_000)
    last(nothing)(ok(null))
    await pass(1000)
  }
  expect(isBuffered()).toBe(false)
})

it('brings news at once while it finds out whether a proxy buffers', async () => {
  const { polls, pass, last, received } = openChannel()
  await pass(10_000)
  last(({ onMessages }) => onMessages([message(6)]))(ok(null))
  await pass(100)
  expect(received).toEqual([6])
  // The late poll goes on, so the next one is not chunked either.
  expect(polls.map(({ poll }) => [poll.isChunked, poll.cancellation.reason])).toEqual([
    [true, undefined],
    [false, undefined],
    [false, undefined],
  ])
})

it('begins anew at the end of the bus after two answers that cannot be read, which it would get again and again', async () => {
  const { channel, polls, pass, last, ended } = openChannel()
  const unreadable = fail('answer_unreadable', { host: 'meta.example' })
  for (const position of [5, 5, -1]) {
    expect(polls.at(-1)?.poll.positions).toEqual({ '/notification/7': position })
    last(nothing)(unreadable)
    await pass(0)
    void channel.open()
  }
  expect(ended).toEqual(['answer_unreadable', 'answer_unreadable', 'answer_unreadable'])
  const status = { channel: '/__status', id: -1, data: { '/notification/7': 9 } }
  last(({ onMessages }) => onMessages([status]))(unreadable)
  await pass(0)
  void channel.open()
  expect(polls.at(-1)?.poll.positions).toEqual({ '/notification/7': 9 })
})

it('ends all polls when it is closed while it finds out whether a proxy buffers', async () => {
  const { channel, polls, pass } = openChannel()
  await pass(10_000)
  channel.close()
  expect(polls.filter(({ poll }) => poll.cancellation.reason === undefined)).toEqual([])
  polls[0]?.poll.onMessages([])
  await pass(60_000)
  expect(polls).toHaveLength(2)
})

it('takes it for an outage if that poll fails too, and is streamed again after it', async () => {
  const { polls, pass, last, isBuffered } = openChannel()
  await pass(6000)
  await pass(45_000)
  last(nothing)(fail('timed_out', { host: 'meta.example', seconds: 45 }))
  await pass(1000)
  expect(polls.map(({ poll }) => poll.isChunked)).toEqual([true, false, true])
  last(empty)
  await pass(25_000)
  last(nothing)(ok(null))
  await pass(2000)
  expect([isBuffered(), polls.at(-1)?.poll.isChunked]).toEqual([false, true])
})

it('says when a poll has brought what was waiting for it, and when it has ended', async () => {
  const { channel, listened, pass, last } = openChannel()
  await pass(100)
  expect(listened).toEqual([])
  last(empty)
  expect(listened).toEqual([true])
  await pass(24_900)
  last(nothing)(ok(null))
  await pass(0)
  expect(listened).toEqual([true, false])
  await pass(2000)
  last(empty)
  channel.close()
  expect(listened).toEqual([true, false, true, false])
})
