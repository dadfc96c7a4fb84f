import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Clock } from '../../engine/ports/clock.ts'

/** Milliseconds of silence after which a heartbeat is sent. */
const heartbeat = 15_000

/** The source of an event stream. */
export interface EventSource {
  readonly clock: Clock
  /** Ends every stream. */
  readonly closing: AbortSignal
  /** The next event's data, read after each event sent and after each wake-up; undefined for none. */
  readonly next: () => string | undefined
  /** Subscribes `wake`, to be called when there may be something to send; returns the function that unsubscribes it. */
  readonly onDue: (wake: () => void) => () => void
  /** Called once the stream has ended, however it ended. */
  readonly onEnd: () => void
}

/** Answers a request with server-sent events until the client disconnects, with a comment line as heartbeat. */
export const sendEvents = (context: Context, { clock, closing, next, onDue, onEnd }: EventSource): Response =>
  streamSSE(context, async (stream) => {
    let wake: () => void = () => undefined
    const woken = (): void => wake()
    const end = onDue(woken)
    stream.onAbort(woken)
    closing.addEventListener('abort', woken)
    try {
      while (!stream.aborted && !closing.aborted) {
        const data = next()
        if (data !== undefined) {
          await stream.writeSSE({ data })
          continue
        }
        let callOff = (): void => undefined
        const isQuiet = await new Promise<boolean>((resolve) => {
          wake = () => resolve(false)
          callOff = clock.after(heartbeat, () => resolve(true))
        })
        callOff()
        if (isQuiet) await stream.write(': still here\n\n')
      }
    } finally {
      end()
      closing.removeEventListener('abort', woken)
      onEnd()
    }
  })
