import type { Failure } from '../../common/failure.ts'
import type { PreferencesChange } from '../../common/preferences.ts'
import { useServices } from '../services.ts'
import { useTask } from '../use-task.ts'
import { useAhead } from './preferences-ahead.ts'

export interface Changing {
  /** Sends a change at once. It is shown at once too, and taken back when it is refused. */
  readonly change: (change: PreferencesChange) => void
  /** Why the last one was not, for the place beside the field. */
  readonly failure: Failure | null
}

export const useChange = (): Changing => {
  const { execute } = useServices().host
  const { state, run } = useTask()
  const ahead = useAhead()
  const send = async (change: PreferencesChange) => {
    ahead.begin(change)
    const result = await run(execute('preferences.change', change))
    ahead.end(result.ok)
  }
  return {
    change: (change) => void send(change),
    failure: state.kind === 'failed' ? state.failure : null,
  }
}
