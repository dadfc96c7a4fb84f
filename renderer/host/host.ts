import type { Execute } from '../../common/contract/commands.ts'
import type { Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'

/**
 * How the interface stands to its shell.
 * - `connecting`: no snapshot has arrived yet.
 * - `lost`: the shell does not answer; it is asked again by itself, and what is shown may be old.
 * - `noToken`: the page was opened without the part of its address that proves where the address came from.
 * - `signedOut`: the shell does not know the page's session: all pages were logged out, or it was not used for a month.
 */
export type Connection = 'connecting' | 'connected' | 'lost' | 'noToken' | 'signedOut'

export interface HostState {
  readonly connection: Connection
  /** The present snapshot, as far as the shell has told; kept while the connection is lost. */
  readonly snapshot: Snapshot | null
}

export type AlertsOfferState = 'none' | 'offered' | 'denied'

/** The offer to show alerts in this page, in the shape `useSyncExternalStore` takes. */
export interface AlertsOffer {
  /** `offered` while alerts could be seen if the user allowed it; `denied` once that was asked here and refused. */
  readonly getState: () => AlertsOfferState
  readonly subscribe: (listener: () => void) => () => void
  /** Has the browser ask the user. */
  readonly accept: () => Promise<void>
}

/** What the user has copied elsewhere, as far as it may be an address. Nothing is read without the user's doing. */
export interface Clipboard {
  /** The address on the clipboard, if it may be read without asking; asked only while the user is to give an address. */
  readonly look: () => Promise<string | null>
  /**
   * The text on the clipboard, read because the user asked for it; null when the browser refuses. Left out where `look`
   * finds out the same.
   */
  readonly paste?: () => Promise<string | null>
}

/** The interface's one way to its shell, in the shape `useSyncExternalStore` takes. */
export interface Host {
  /** Whether this is the desktop app, which can do what a page in a browser has no part in: bring in newer versions. */
  readonly isDesktop: boolean
  readonly execute: Execute
  readonly clipboard: Clipboard
  /** The present state; the same object until something changes. */
  readonly getState: () => HostState
  /** Calls after each change; gives a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
  /** Logs out all pages, this one among them; left out in the desktop app, which has none. Failure: `not_running`. */
  readonly logOutPages?: () => Promise<Result<null>>
  /** Left out where the shell shows alerts by itself. */
  readonly alerts?: AlertsOffer
}
