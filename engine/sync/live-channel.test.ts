import { expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createFakeClock, passTime } from '../../test/rig/fake-clock.ts'
import { type ChannelPoll, createLiveChannel } from './live-channel.ts'

// Polls whose answers the test gives; how a channel gets on with forums is in live.test.ts.

type Answer = (poll: ChannelPoll) => void

/** An open channel, its pending polls, the newest last, and whether it has taken the forum's answers for buffered. */
const openChannel = () => {
  const clock = createFakeClock()
  const polls: { readonly poll: ChannelPoll; readonly end: (result: Result<null>) => void }[] = []
  let isBuffered = false
  const listened: boolean[] = []
  const channel = createLiveChannel({
    clock,
    coalesced: clock.after,
    poll: (poll) => new Promise((end) => polls.push({ poll, end })),
    positions: { '/notification/7': 5 },
    mayChunk: () => !isBuffered,
    period: () => 26_000,
    onMessages: () => undefined,
    onListening: (isListening) => void listened.push(isListening),
    onDoubt: () => undefined,
    onBuffered: () => {
      isBuffered = true
    },
    onEnded: () => undefined,
  })
  void channel.open()
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const pass = (milliseconds: number) => passTime(clock, milliseconds, settle)
  const last = (answer: Answer) => {
    const pending = polls.at(-1)
    if (pending !== undefined) answer(pending.poll)
    return (result: Result<null>) => pending?.end(result)
  }
  return { channel, polls, listened, pass, last, isBuffered: () => isBuffered }
}

const nothing: Answer = () => undefined
const empty: Answer = ({ onMessages }) => onMessages([])

it('takes a first chunk that does not come for a proxy that buffers, if the poll without chunks succeeds', async () => {
  const { polls, pass, last, isBuffered } = openChannel()
  await pass(6000)
  expect(polls.map(({ poll }) => poll.isChunked)).toEqual([true, false])
  await pass(25_000)
  last(nothing)(ok(null))
  await pass(0)
  expect(isBuffered()).toBe(true)
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
