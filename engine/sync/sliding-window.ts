/** Counts the requests in a sliding time window as the forum does (protocol.md 4.3), never fewer. */
export interface SlidingWindow {
  /** How many requests are in the window now. */
  count(now: number): number
  /** Adds a request. */
  add(now: number): void
  /** Removes the latest request: the forum has refused it, and does not count requests that it refuses. */
  takeBack(): void
  /** Milliseconds until the window holds fewer than `limit` requests; 0 if it already does. */
  wait(limit: number, now: number): number
  /**
   * The highest constant rate, in requests per millisecond, at which the window never holds more than `limit` requests,
   * however late those already in it leave.
   */
  evenRate(limit: number, now: number): number
  /** How many requests will have left the window after `span` milliseconds. */
  leaving(now: number, span: number): number
  /** The slots, oldest first. */
  slots(): readonly Slot[]
}

/** All requests in one slot of time. An object, because taking a tuple apart creates an iterator. */
export interface Slot {
  /** Milliseconds since 1970. */
  readonly start: number
  readonly requests: number
}

/**
 * A window that counts in slots, so that a day of requests is a few hundred numbers. Each request counts as made at the
 * end of its slot, so the window can be too strict by the length of a slot, but never too lax.
 * @param period length of the window in milliseconds
 * @param slot length of a slot in milliseconds; 1 counts exactly
 * @param saved slots of an earlier run; those after `now` were written by a clock that was ahead, and count as now
 */
export const createSlidingWindow = (
  period: number,
  slot: number,
  saved: readonly Slot[] = [],
  now = Number.POSITIVE_INFINITY,
): SlidingWindow => {
  let slots = saved.map(({ start, requests }) => ({ start: Math.min(start, now), requests }))
  let total = slots.reduce((sum, { requests }) => sum + requests, 0)

  const leavesAt = (start: number): number => start + slot - 1 + period

  const forgetOld = (now: number): void => {
    const first = slots[0]
    if (first === undefined) return
    const current = Math.floor(now / slot) * slot
    const isAhead = (slots.at(-1)?.start ?? 0) > current
    if (!isAhead && leavesAt(first.start) > now) return
    // After the clock was set back, requests recorded in the future count as now: too strict for a while, never too
    // lax.
    if (isAhead) slots = slots.map(({ start, requests }) => ({ start: Math.min(start, current), requests }))
    const kept = slots.findIndex(({ start }) => leavesAt(start) > now)
    const gone = slots.splice(0, kept === -1 ? slots.length : kept)
    for (const { requests } of gone) total -= requests
  }

  return {
    count: (now) => {
      forgetOld(now)
      return total
    },
    add: (now) => {
      forgetOld(now)
      const start = Math.floor(now / slot) * slot
      const last = slots.at(-1)
      if (last !== undefined && last.start >= start) last.requests += 1
      else slots.push({ start, requests: 1 })
      total += 1
    },
    takeBack: () => {
      const last = slots.at(-1)
      if (last === undefined) return
      last.requests -= 1
      total -= 1
      if (last.requests === 0) slots = slots.slice(0, -1)
    },
    wait: (limit, now) => {
      forgetOld(now)
      let left = total
      if (left < limit) return 0
      for (const { start, requests } of slots) {
        left -= requests
        if (left < limit) return leavesAt(start) - now
      }
      return period
    },
    evenRate: (limit, now) => {
      forgetOld(now)
      let left = limit - total
      let rate = Number.POSITIVE_INFINITY
      for (const { start, requests } of slots) {
        // What is left has to last until the next requests leave the window.
        rate = Math.min(rate, left / (leavesAt(start) - now))
        left += requests
      }
      return Math.max(0, Math.min(rate, left / period))
    },
    leaving: (now, span) => {
      forgetOld(now)
      let sum = 0
      for (const { start, requests } of slots) {
        if (leavesAt(start) > now + span) break
        sum += requests
      }
      return sum
    },
    slots: () => slots,
  }
}
