import { startForum } from '../forum/start-forum.ts'
import { createFakeClock, passTime } from '../rig/fake-clock.ts'
import { seededRandom } from '../rig/seeded-random.ts'
import type { Policy } from './policies.ts'

const minute = 60_000
const day = 24 * 60 * minute
const user = 'eve'

/** Events while the user is present, and how the forum stands to the user. */
export interface EventCourse {
  readonly name: string
  /** When they happen, in milliseconds. */
  readonly at: readonly number[]
  /** Whether the forum has not seen the user for thirty days, and so publishes nothing (protocol.md 5.6). */
  readonly isAbsent: boolean
  /** Whether they are chat messages, in turn direct ones and mentions, and not mentions in topics. */
  readonly isChat: boolean
}

/** The result of one course of events. */
export interface CourseResult {
  /** Longest time from event to alert, in milliseconds; undefined where an event never led to an alert. */
  readonly worst: number | undefined
  /** From the first event until `followed` after the last. */
  readonly requests: number
  readonly limited: number
}

/** How long events are followed after the last of them, in milliseconds. */
export const followed = 5 * minute

/** Events at random moments of one minute; the same ones each time. */
const burst = (events: number): readonly number[] => {
  const random = seededRandom(events)
  return Array.from({ length: events }, () => Math.floor(random.fraction() * minute)).toSorted((a, b) => a - b)
}

export const eventCourses: readonly EventCourse[] = [
  ...[2, 5, 10, 20].map((events) => ({
    ...{ name: `${events} in a minute`, at: burst(events) },
    ...{ isAbsent: false, isChat: false },
  })),
  ...[2, 20].map((events) => ({
    ...{ name: `${events} in a minute, in chat`, at: burst(events) },
    ...{ isAbsent: false, isChat: true },
  })),
  ...[false, true].map((isChat) => ({
    name: `not seen for 30 days: 12 in two hours${isChat ? ', in chat' : ''}`,
    at: Array.from({ length: 12 }, (_, index) => index * 10 * minute),
    ...{ isAbsent: true, isChat },
  })),
]

/** Plays the events to a policy that has been running for ten minutes. Times as in `runDay`. */
export const runCourse = async (
  policy: Policy,
  { at, isAbsent, isChat }: EventCourse,
  limits: NonNullable<Parameters<typeof startForum>[0]['limits']>,
): Promise<CourseResult> => {
  const clock = createFakeClock()
  const settings = { chatEnabled: isChat }
  const forum = await startForum({
    profile: '3.4',
    title: 'Meta',
    users: [{ username: user }],
    clock,
    limits,
    settings,
  })
  const happen = (index: number): void => {
    const direct = { user, from: 'alice', text: `Message ${index}` }
    if (!isChat) forum.notify({ user, type: 'mentioned', from: 'alice', topicTitle: `Topic ${index}` })
    else forum.chatMessage(index % 2 === 0 ? direct : { ...direct, channel: 'General', mention: user })
  }
  const delays: number[] = []
  let waiting: readonly number[] = []
  let stoodStillAt = performance.now()
  const alert = (): void => {
    const since = performance.now() - stoodStillAt
    delays.push(...waiting.map((happened) => clock.now() - happened + since))
    waiting = []
  }
  const follower = await policy.start({ clock, forum, user, seed: 1, alert })
  const pass = (milliseconds: number): Promise<void> =>
    passTime(clock, milliseconds, async () => {
      await follower.settle()
      stoodStillAt = performance.now()
    })
  if (isAbsent) forum.updateUser(user, { lastSeenAt: clock.now() - 31 * day })
  await pass(10 * minute)
  forum.clearRequests()
  for (const [index, after] of at.entries()) {
    clock.after(after, () => {
      happen(index)
      waiting = [...waiting, clock.now()]
    })
  }
  await pass(Math.max(...at) + followed)
  const { requests, byStatus } = forum.traffic()
  await follower.stop()
  await forum.stop()
  return { worst: waiting.length > 0 ? undefined : Math.max(...delays), requests, limited: byStatus[429] ?? 0 }
}
