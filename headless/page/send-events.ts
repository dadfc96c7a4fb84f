import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Clock } from '../../engine/ports/clock.ts'

/** Milliseconds without anything to send after which a sign of life is sent. */
const heartbeat = 15_000

/** What a stream of events is made from. */
export interface EventSource {
  readonly clock: Clock
  /** Ends every stream. */
  readonly closing: AbortSignal
  /** The next event's data, asked for after each event that was sent and each time that it is woken; undefined for none. */
  readonly next: () => string | undefined
  /** Takes what to call when there may be something to send; gives a function that ends it. */
  readonly onDue: (wake: () => void) => () => void
}

/** Answers a request with server-sent events for as long as the other end listens, a comment line in every pause. */
export const sendEvents = (context: Context, { clock, closing, next, onDue }: EventSource): Response =>
  streamSSE(context, async (stream) => {
    let wake: () => void = () => undefined
    const woken = (): void => wake()
    const end = onDue(woken)
    stream.onAbort(woken)
    closing.addEventListener('abort', woken)
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
    end()
    closing.removeEventListener('abort', woken)
  })
