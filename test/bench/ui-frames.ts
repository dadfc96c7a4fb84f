import * as v from 'valibot'

/** Frame statistics of a page while it was scrolled. */
export interface Frames {
  /** Frames that a screen of 60 Hz would have shown between the first scroll event and the last. */
  readonly expected: number
  /** Frames of those that the browser did not draw. */
  readonly dropped: number
  /** The longest time from one frame to the next, in milliseconds. */
  readonly longest: number
}

/** The trace categories to record. */
export const frameCategories = ['benchmark', 'disabled-by-default-devtools.timeline.frame']

const eventSchema = v.object({ name: v.string(), ph: v.string(), ts: v.number() })
const traceSchema = v.object({ traceEvents: v.array(v.unknown()) })

/**
 * Reads the frames of one scroll gesture from a recording with `frameCategories`, as `Browser.stopTracing` gives it.
 * Chromium's own statistics of scrolling (`FrameSequenceTracker`) are not recorded by each of its versions.
 * @throws Error when there was no scrolling
 */
export const scrollFrames = (trace: Buffer): Frames => {
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace.toString()))
  const timesOf = (name: string, phase: string): readonly number[] =>
    traceEvents
      .flatMap((event) => {
        const read = v.safeParse(eventSchema, event)
        return read.success && read.output.name === name && read.output.ph === phase ? [read.output.ts / 1000] : []
      })
      .toSorted((a, b) => a - b)
  const scrolls = timesOf('InputLatency::GestureScrollUpdate', 'b')
  const [first, last] = [scrolls[0], scrolls.at(-1)]
  if (first === undefined || last === undefined) throw new Error('this Chromium records no scrolling')
  const drawn = timesOf('DrawFrame', 'I').filter((time) => time >= first && time <= last)
  const expected = Math.round(((last - first) * 60) / 1000)
  const times = [first, ...drawn, last]
  return {
    expected,
    dropped: Math.max(0, expected - drawn.length),
    longest: Math.max(...times.map((time, index) => time - (times[index - 1] ?? time))),
  }
}
