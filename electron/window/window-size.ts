import type { Size } from 'electron'
import * as v from 'valibot'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import { throttle } from '../../engine/timing/throttle.ts'

/** Remembers the size that the user gave the window, which is new after each pause and each restart. */
export interface WindowSize {
  keep(size: Size): void
  /** That size, or as much of it as a screen has room for; nothing as long as there is none. */
  fitting(room: Size): Partial<Size>
}

const fileName = 'window-size'

/** In milliseconds: a window that is drawn larger has another size with each frame. */
const savingInterval = 1000

const pixelsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))

/** An unreadable file counts as none. */
const fileSchema = v.fallback(v.nullable(v.object({ width: pixelsSchema, height: pixelsSchema })), null)

export const openWindowSize = (
  files: Pick<StateFiles, 'read' | 'write'>,
  clock: Pick<Clock, 'after' | 'now'>,
): WindowSize => {
  let kept = v.parse(fileSchema, files.read(fileName) ?? null)
  const save = throttle(clock, savingInterval, () => {
    if (kept !== null) files.write(fileName, kept, { isDurable: false })
  })
  return {
    keep: ({ width, height }) => {
      if (width === kept?.width && height === kept.height) return
      kept = { width, height }
      save()
    },
    fitting: (room) =>
      kept === null ? {} : { width: Math.min(kept.width, room.width), height: Math.min(kept.height, room.height) },
  }
}
