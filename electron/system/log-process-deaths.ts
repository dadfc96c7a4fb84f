import type { Details, RenderProcessGoneDetails } from 'electron'
import type { Log } from '../../engine/ports/log.ts'

/** The events of Electron's `app` for the end of our processes. */
export interface ProcessEvents {
  on(
    event: 'render-process-gone',
    listener: (
      event: unknown,
      contents: unknown,
      details: Pick<RenderProcessGoneDetails, 'reason' | 'exitCode'>,
    ) => void,
  ): unknown
  on(
    event: 'child-process-gone',
    listener: (event: unknown, details: Pick<Details, 'type' | 'reason' | 'exitCode'>) => void,
  ): unknown
}

/** Logs when the page's process, the GPU process or the network process ends unexpectedly. */
export const logProcessDeaths = (app: ProcessEvents, log: Log): void => {
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') log('error', 'process', { type: 'page', reason, exitCode })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('error', 'process', { type, reason, exitCode })
  })
}
