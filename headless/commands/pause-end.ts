const minute = 60_000
const units: Readonly<Record<string, number>> = { m: minute, min: minute, h: 60 * minute, d: 24 * 60 * minute }

/** The longest pause that can be typed, in milliseconds; `open` has no end. */
const longest = 366 * 24 * 60 * minute

/**
 * When a pause ends that is given as a length (`45min`, `2h`, `1h30m`, `3d`) or, after `until`, as a local time of day
 * (`14:00`): today or, if that has passed, tomorrow.
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970; undefined when it is neither
 */
export const pauseEnd = (words: readonly string[], now: number): number | undefined => {
  const [first = '', clock, ...rest] = words
  if (rest.length > 0) return undefined
  if (first === 'until') return clock === undefined ? undefined : nextTime(clock, now)
  if (clock !== undefined || !/^(\d{1,5}(min|[mhd]))+$/.test(first)) return undefined
  const length = [...first.matchAll(/(\d+)(min|[mhd])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
  return length > 0 && length <= longest ? now + length : undefined
}

const nextTime = (clock: string, now: number): number | undefined => {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  if (hours === undefined) return undefined
  const end = new Date(now)
  end.setHours(Number(hours), Number(minutes), 0, 0)
  if (end.getTime() <= now) end.setDate(end.getDate() + 1)
  return end.getTime()
}
