import type { Failure } from '../../common/failure.ts'
import type { PreferencesChange } from '../../common/preferences.ts'
import { useServices } from '../services.ts'
import { useTask } from '../use-task.ts'

export interface Changing {
  /** Sends a change at once; that it was taken shows in the next snapshot. */
  readonly change: (change: PreferencesChange) => void
  /** Why the last one was not, for the place beside the field. */
  readonly failure: Failure | null
}

export const useChange = (): Changing => {
  const { execute } = useServices().host
  const { state, run } = useTask()
  return {
    change: (change) => void run(execute('preferences.change', change)),
    failure: state.kind === 'failed' ? state.failure : null,
  }
}
