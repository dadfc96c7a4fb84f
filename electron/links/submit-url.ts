import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { Engine } from '../../engine/engine.ts'

export interface SubmitUrlOptions {
  readonly engine: Pick<Engine, 'execute' | 'snapshot'>
  readonly showWindow: () => void
  /** Shows the user what the window does not show. */
  readonly notify: (text: string) => void
  readonly t: Translate
}

/**
 * Returns a function that passes an address to the engine. The window opens first, so that the user sees the forum's
 * response being checked; a failure that no attempt shows, because none is waiting, becomes a notification.
 */
export const createSubmitUrl =
  ({ engine, showWindow, notify, t }: SubmitUrlOptions) =>
  async (url: string): Promise<void> => {
    showWindow()
    const result = await engine.execute('attempt.accept', { text: url })
    if (result.ok) return
    const { failure } = result
    // The program is ending; the attempt waits for the next start.
    if (failure.code === 'cancelled') return
    const isShown = engine
      .snapshot()
      .attempts.some(({ state }) => state.kind === 'waiting' && state.failure?.code === failure.code)
    if (!isShown) notify(failureSentence(t, failure))
  }
