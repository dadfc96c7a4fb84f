import type { Clock } from '../../engine/ports/clock.ts'

/** A clock that only moves when a test advances it. */
export interface FakeClock extends Clock {
  /** Moves on, firing each timer that falls due in its order and at its time. */
  advance(milliseconds: number): void
  /** Somebody sets the clock by so many milliseconds, back if negative: no time passes, and no timer is nearer. */
  set(milliseconds: number): void
  /** When the next timer falls due, in milliseconds since 1970; undefined when none is waiting. */
  nextDue(): number | undefined
  /** How many timers are waiting. */
  pending(): number
}

interface Timer {
  readonly at: number
  /** Of two that are due at the same time, the one that was set first fires first. */
  readonly order: number
  /** undefined once it has fired or was cancelled. */
  action: (() => void) | undefined
}

/** A clock that begins at `start`, in milliseconds since 1970. Simulated weeks set and cancel millions of timers. */
export const createFakeClock = (start = Date.UTC(2026, 10, 23, 12)): FakeClock => {
  let now = start
  /** By how much the clock has been set. */
  let offset = 0
  let order = 0
  let waiting = 0
  /** A binary heap, the next one first; those cancelled stay in it until they come up or are too many. */
  let heap: Timer[] = []

  const next = (): Timer | undefined => {
    while (heap[0] !== undefined && heap[0].action === undefined) removeFirst(heap)
    return heap[0]
  }

  const cancel = (timer: Timer): void => {
    if (timer.action === undefined) return
    timer.action = undefined
    waiting -= 1
    // A sorted array is a heap.
    if (heap.length > 64 && heap.length > 2 * waiting) heap = heap.filter(({ action }) => action).sort(byTime)
  }

  return {
    now: () => now + offset,
    elapsed: () => now - start,
    after: (milliseconds, action) => {
      const timer: Timer = { at: now + milliseconds, order, action }
      order += 1
      waiting += 1
      insert(heap, timer)
      return () => cancel(timer)
    },
    advance: (milliseconds) => {
      const end = now + milliseconds
      for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
        const { action } = timer
        cancel(timer)
        now = Math.max(now, timer.at)
        action?.()
      }
      now = end
    },
    set: (milliseconds) => {
      offset += milliseconds
    },
    nextDue: () => {
      const at = next()?.at
      return at === undefined ? undefined : at + offset
    },
    pending: () => waiting,
  }
}

const byTime = (a: Timer, b: Timer): number => a.at - b.at || a.order - b.order

const insert = (heap: Timer[], timer: Timer): void => {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || byTime(parent, timer) <= 0) break
    heap[at] = parent
    at = above
  }
  heap[at] = timer
}

const removeFirst = (heap: Timer[]): void => {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    const left = heap[2 * at + 1]
    const right = heap[2 * at + 2]
    const isRight = left !== undefined && right !== undefined && byTime(right, left) < 0
    const child = isRight ? right : left
    if (child === undefined || byTime(last, child) <= 0) break
    heap[at] = child
    at = 2 * at + (isRight ? 2 : 1)
  }
  heap[at] = last
}

/**
 * Lets time pass from one timer to the next.
 * @param settle waits until everything has settled at the present time; called before, and after each step
 */
export const passTime = async (
  clock: FakeClock,
  milliseconds: number,
  settle: () => Promise<unknown>,
): Promise<void> => {
  const end = clock.now() + milliseconds
  await settle()
  while (clock.now() < end) {
    clock.advance(Math.max(0, Math.min(clock.nextDue() ?? end, end) - clock.now()))
    await settle()
  }
}
