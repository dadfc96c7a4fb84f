import type { Result } from '../../common/contract/failure.ts'
import type { LinkOwner } from '../../common/contract/snapshot.ts'

/** Has the system give `discourse:` addresses to this program; each shell supplies what its system has for it. */
export interface LinkHandler {
  /** Who has them at present; another program may have taken them. Never rejects. */
  look(): Promise<LinkOwner>
  /**
   * Takes them, whoever has them; or gives them up, if they are ours.
   * Failures: `handler_failed`.
   */
  set(isOurs: boolean): Promise<Result<null>>
}
