import { fail } from '../../common/contract/failure.ts'
import type { Http } from '../../engine/discourse/http.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import type { Forum } from '../forum/forum.ts'

/** An `Http` that knows what it is waiting for. */
export interface WatchedHttp extends Http {
  /** Requests on their way, and those of them that are to be held. */
  open(): { readonly ordinary: number; readonly held: number }
  /** How many pieces of held polls have arrived, in all. */
  pieces(): number
}

export const watchHttp = (http: Http): WatchedHttp => {
  const open = { ordinary: 0, held: 0 }
  let pieces = 0
  let isClosed = false
  return {
    send: async (request) => {
      // As the real one does: an engine that has stopped sends nothing, also where the next one has the same forum.
      if (isClosed) return fail('cancelled')
      const { onBody } = request
      const counting = (bytes: Uint8Array): void => {
        pieces += 1
        onBody?.(bytes)
      }
      const kind = request.held === true ? 'held' : 'ordinary'
      open[kind] += 1
      try {
        return await http.send(onBody === undefined ? request : { ...request, onBody: counting })
      } finally {
        open[kind] -= 1
      }
    },
    close: () => {
      isClosed = true
      return http.close()
    },
    open: () => ({ ...open }),
    pieces: () => pieces,
  }
}

/**
 * How many turns of the event loop nothing may happen in: answers that were read lead to new requests within one, and what
 * a forum streams to a held poll arrives within three.
 */
const calmTurns = 6

/**
 * Waits until nothing moves any more while the clock stands: all is answered but the polls that the forums hold and what
 * faults delay, and all is written.
 */
export const untilQuiet = async (http: WatchedHttp, files: StateFiles, forums: readonly Forum[]): Promise<void> => {
  let calm = 0
  let pieces = http.pieces()
  while (calm < calmTurns) {
    await new Promise((resolve) => setImmediate(resolve))
    await files.settled()
    const { ordinary, held } = http.open()
    const waiting = forums.reduce((sum, forum) => sum + forum.waitingRequests(), 0)
    const answering = forums.reduce((sum, forum) => sum + forum.openRequests(), 0)
    const isCalm = answering === 0 && ordinary + held === waiting && http.pieces() === pieces
    pieces = http.pieces()
    calm = isCalm ? calm + 1 : 0
  }
}
