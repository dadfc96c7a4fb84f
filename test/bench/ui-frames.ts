import * as v from 'valibot'

/** Frame statistics of a page while it was scrolled, as counted by Chromium. */
export interface Frames {
  /** Frames that the screen would have shown, at 60 a second, while there was something to show. */
  readonly expected: number
  readonly dropped: number
  /** Frames with an area that was not painted yet. */
  readonly unpainted: number
  /** The longest time from one frame to the next, in milliseconds. */
  readonly longest: number
}

/** The trace categories to record. */
export const frameCategories = ['benchmark', 'disabled-by-default-devtools.timeline.frame']

const eventSchema = v.object({ name: v.string(), ph: v.string(), ts: v.exactOptional(v.number()), args: v.unknown() })
const traceSchema = v.object({ traceEvents: v.array(v.unknown()) })
/** Chromium's cc/metrics/frame_sequence_tracker.cc. */
const trackerSchema = v.object({
  name: v.picklist(['WheelScroll', 'CompositorAnimation']),
  args: v.object({
    data: v.object({
      expected: v.number(),
      dropped_v4: v.number(),
      checkerboarded: v.number(),
      missing_content: v.number(),
    }),
  }),
})

/** Reads the frames of wheel scrolling from a recording with `frameCategories`, as `Browser.stopTracing` gives it. */
export const scrollFrames = (trace: Buffer): Frames => {
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace.toString()))
  const events = traceEvents.flatMap((event) => {
    const read = v.safeParse(eventSchema, event)
    return read.success ? [read.output] : []
  })
  const trackers = events.flatMap(({ name, ph, args }) => {
    const read = name === 'FrameSequenceTrackerV3' && ph === 'b' ? v.safeParse(trackerSchema, args) : undefined
    return read?.success === true && read.output.name === 'WheelScroll' ? [read.output.args.data] : []
  })
  if (trackers.length === 0) throw new Error('this Chromium records no scrolling')
  const drawn = events
    .flatMap(({ name, ts }) => (name === 'DrawFrame' && ts !== undefined ? [ts / 1000] : []))
    .toSorted((a, b) => a - b)
  const sum = (of: (tracker: (typeof trackers)[number]) => number): number =>
    trackers.reduce((total, one) => total + of(one), 0)
  return {
    expected: sum(({ expected }) => expected),
    dropped: sum(({ dropped_v4 }) => dropped_v4),
    unpainted: sum(({ checkerboarded, missing_content }) => Math.max(checkerboarded, missing_content)),
    longest: Math.max(...drawn.map((time, index) => time - (drawn[index - 1] ?? time))),
  }
}
