import type { Result } from '../../common/contract/failure.ts'

/** Has the system start this program when its user logs in; each shell supplies what its system offers. */
export interface OpenAtLogin {
  /** Whether it is started at present; the user may have changed that in the system's own settings. */
  isOn(): boolean
  /** Failures: `login_start_failed`, `login_start_refused`. */
  set(isOn: boolean): Result<null>
}
