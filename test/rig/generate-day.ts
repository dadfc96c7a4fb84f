import type { Presence } from '../../engine/sync/presence.ts'
import type { Forum, NewNotification } from '../forum/forum.ts'
import type { FakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'

/** Something that happens on a day, so many milliseconds after its start. */
export type Happening =
  | { readonly kind: 'news'; readonly at: number; readonly type: NewNotification['type'] }
  /** The user reads in the browser: the oldest that is unread, or everything. */
  | { readonly kind: 'read'; readonly at: number; readonly what: 'oldest' | 'all' }
  | { readonly kind: 'presence'; readonly at: number; readonly user: Presence['user'] }

/** What a day is made of. */
export interface DayOptions {
  readonly seed: number
  readonly news: number
  readonly reads: number
  /** When the screen is locked, in hours since the start; the rest of the day the user is there. */
  readonly locked: readonly (readonly [from: number, to: number])[]
}

const hour = 60 * 60_000
export const dayLength = 24 * hour
const types: readonly NewNotification['type'][] = ['mentioned', 'replied', 'liked', 'quoted', 'private_message']

/** A day that is the same for the same seed: news at any time, reading while the user is there; in order of time. */
export const generateDay = ({ seed, news, reads, locked }: DayOptions): readonly Happening[] => {
  const random = seededRandom(seed)
  const anyTime = (): number => Math.floor(random.fraction() * dayLength)
  const isPresent = (at: number): boolean => !locked.some(([from, to]) => at >= from * hour && at < to * hour)
  const presentTime = (): number => {
    const at = anyTime()
    return isPresent(at) ? at : presentTime()
  }
  const day: Happening[] = locked.flatMap(([from, to]) => [
    { kind: 'presence', at: from * hour, user: 'locked' },
    { kind: 'presence', at: to * hour, user: 'active' },
  ])
  for (let index = 0; index < news; index++) {
    day.push({ kind: 'news', at: anyTime(), type: types[Math.floor(random.fraction() * types.length)] ?? 'mentioned' })
  }
  for (let index = 0; index < reads; index++) {
    day.push({ kind: 'read', at: presentTime(), what: random.fraction() < 0.5 ? 'oldest' : 'all' })
  }
  return day.toSorted((a, b) => a.at - b.at)
}

/** What a user has not read, counted apart from the forum. */
export interface Unread {
  count(): number
}

/**
 * Sets a timer for each happening of a day that begins now. Reading where nothing is unread is left out.
 * @param told is called after each happening; what a presence means is the caller's matter
 */
export const playDay = (
  day: readonly Happening[],
  clock: FakeClock,
  forum: Forum,
  user: string,
  told: (happening: Happening) => void,
): Unread => {
  let unread: readonly number[] = []
  const happen = (happening: Happening): void => {
    if (happening.kind === 'news') {
      // Topics and people of their own, so that the forum consolidates none of it and rows can be counted here.
      const topicTitle = `Topic ${happening.at}`
      unread = [...unread, forum.notify({ user, type: happening.type, from: `member${happening.at}`, topicTitle }).id]
    }
    if (happening.kind === 'read') {
      const [oldest, ...others] = unread
      if (oldest === undefined) return
      forum.markRead(user, happening.what === 'all' ? 'all' : oldest)
      unread = happening.what === 'all' ? [] : others
    }
    told(happening)
  }
  for (const happening of day) clock.after(happening.at, () => happen(happening))
  return { count: () => unread.length }
}
