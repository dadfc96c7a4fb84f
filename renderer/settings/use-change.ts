import type { Failure } from '../../common/contract/failure.ts'
import type { PreferencesChange } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { useUndo } from '../undo/use-undo.ts'
import { useOptimisticUpdates } from './optimistic-preferences.ts'

export interface Changing {
  /** Sends a change at once. It is also shown at once, and reverted if it is refused; otherwise `onTaken` is called. */
  readonly change: (change: PreferencesChange, onTaken?: () => void) => void
  /** Why the last one was refused, to be shown beside the field. */
  readonly failure: Failure | null
}

export const useChange = (): Changing => {
  const { execute } = useServices().host
  const { state, run } = useTask()
  const optimistic = useOptimisticUpdates()
  const { clear } = useUndo()
  const send = async (change: PreferencesChange, onTaken?: () => void) => {
    clear()
    optimistic.begin(change)
    const result = await run(execute('preferences.change', change))
    optimistic.end(result.ok)
    if (result.ok) onTaken?.()
  }
  return {
    change: (change, onTaken) => void send(change, onTaken),
    failure: state.kind === 'failed' ? state.failure : null,
  }
}
