import type { App, Details } from 'electron'
import * as v from 'valibot'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import { createCrashCounter } from './crash-counter.ts'

const fileName = 'graphics'
const fileSchema = v.object({ failedWith: v.string() })

export interface GraphicsOptions {
  readonly files: Pick<StateFiles, 'read' | 'settled' | 'write'>
  /** Electron's version: a newer one is tried with the graphics card again. */
  readonly version: string
}

/** Whether to draw without the graphics card, which is learned from its failures and remembered. */
export interface Graphics {
  /** Whether its driver has failed repeatedly under this version of Electron. Must be asked before `ready`. */
  isOff(): boolean
  /**
   * Watches the GPU process. Chromium restarts it, and ends the whole program when that does not help, so repeated
   * failures are saved at once.
   * @param offer called once, when a restart without the graphics card would help
   */
  watch(app: GraphicsApp, clock: Pick<Clock, 'elapsed'>, offer: () => void): void
}

/** The part of Electron's `app` that is used. */
export interface GraphicsApp {
  on(
    event: 'child-process-gone',
    listener: (event: unknown, details: Pick<Details, 'type' | 'reason'>) => void,
  ): unknown
}

/** Turns hardware acceleration off where it should stay off; only possible before `ready`. */
export const applyGraphics = (app: Pick<App, 'disableHardwareAcceleration'>, graphics: Graphics): void => {
  if (graphics.isOff()) app.disableHardwareAcceleration()
}

export const createGraphics = ({ files, version }: GraphicsOptions): Graphics => {
  const isOff = (): boolean => {
    const read = v.safeParse(fileSchema, files.read(fileName))
    return read.success && read.output.failedWith === version
  }
  return {
    isOff,
    watch: (app, clock, offer) => {
      if (isOff()) return
      const isTooMuch = createCrashCounter(clock)
      let isOffered = false
      app.on('child-process-gone', (_event, { type, reason }) => {
        if (type !== 'GPU' || reason === 'clean-exit' || !isTooMuch() || isOffered) return
        isOffered = true
        files.write(fileName, { failedWith: version })
        void files.settled().then(offer)
      })
    },
  }
}
