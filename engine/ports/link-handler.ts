import type { Result } from '../../common/contract/failure.ts'
import type { LinkOwner } from '../../common/contract/snapshot.ts'

/** Registers this program for `discourse:` addresses with the system; each shell supplies what its system offers. */
export interface LinkHandler {
  /** The program that is registered at present; another may have taken over. Never rejects. */
  owner(): Promise<LinkOwner>
  /**
   * Registers this program, whoever was registered; or removes the registration, if it is ours.
   * Failures: `handler_failed`.
   */
  set(isOurs: boolean): Promise<Result<null>>
}
