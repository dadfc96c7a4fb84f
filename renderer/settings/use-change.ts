import type { Failure } from '../../common/failure.ts'
import type { PreferencesChange } from '../../common/preferences.ts'
import { useServices } from '../services.ts'
import { useUndo } from '../undo/use-undo.ts'
import { useTask } from '../use-task.ts'
import { useAhead } from './preferences-ahead.ts'

export interface Changing {
  /** Sends a change at once. It is shown at once too, and taken back when it is refused; otherwise `onTaken` is called. */
  readonly change: (change: PreferencesChange, onTaken?: () => void) => void
  /** Why the last one was not, for the place beside the field. */
  readonly failure: Failure | null
}

export const useChange = (): Changing => {
  const { execute } = useServices().host
  const { state, run } = useTask()
  const ahead = useAhead()
  const { clear } = useUndo()
  const send = async (change: PreferencesChange, onTaken?: () => void) => {
    clear()
    ahead.begin(change)
    const result = await run(execute('preferences.change', change))
    ahead.end(result.ok)
    if (result.ok) onTaken?.()
  }
  return {
    change: (change, onTaken) => void send(change, onTaken),
    failure: state.kind === 'failed' ? state.failure : null,
  }
}
