import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { Engine } from '../../engine/engine.ts'

/** What receiving an address needs. */
export interface AcceptUrlOptions {
  readonly engine: Pick<Engine, 'execute' | 'snapshot'>
  readonly showWindow: () => void
  /** Tells the user what the window does not show. */
  readonly tell: (text: string) => void
  readonly t: Translate
}

/**
 * Makes the function that gives an address to the engine. The window comes first, so that the user sees the answer being
 * checked; a failure that no attempt shows, because none is waiting, is told by itself.
 */
export const createAcceptUrl =
  ({ engine, showWindow, tell, t }: AcceptUrlOptions) =>
  async (url: string): Promise<void> => {
    showWindow()
    const result = await engine.execute('attempt.accept', { text: url })
    if (result.ok) return
    const { failure } = result
    const isShown = engine
      .snapshot()
      .attempts.some(({ state }) => state.kind === 'waiting' && state.failure?.code === failure.code)
    if (!isShown) tell(failureSentence(t, failure))
  }
