import type { CommandName } from '../../common/contract/commands.ts'
import type { NotificationOutcome } from '../../common/contract/notification-outcome.ts'

/** A button on a notification. */
export interface NotificationAction {
  readonly id: 'markRead' | 'pauseHour' | 'muteTopic'
  readonly label: string
  /** What the button asks for. */
  readonly command: { readonly name: CommandName; readonly input: unknown }
}

/** One thing to show to the user. */
export interface DesktopNotification {
  /** A later notification with the same tag replaces the earlier one. */
  readonly tag: string
  readonly title: string
  readonly body: string
  /** The file of a picture to show with it. */
  readonly icon?: string
  /**
   * What a click opens, and the account whose counts are requested afterwards; without it a click shows the program
   * itself.
   */
  readonly target?: { readonly account: string; readonly url: string }
  readonly silent: boolean
  /** Shown only in place of the earlier one with its tag, and not at all if that has been closed. */
  readonly onlyReplaces?: true
  /** The buttons besides the click, where the system has any. */
  readonly actions: readonly NotificationAction[]
}

/** What became of a notification, and what can be done to it. */
export type PortOutcome =
  | Exclude<NotificationOutcome, { readonly kind: 'shown' }>
  | {
      readonly kind: 'shown'
      /** Whether a later one with the same tag replaces it without disturbing the user again. */
      readonly canReplace?: boolean
    }

/** Shows one notification, in place of an earlier one with its tag. Never rejects: what goes wrong is an outcome. */
export type NotificationPort = (notification: DesktopNotification) => Promise<PortOutcome>

/** What a shell does when a notification is clicked, or the button with this id on it. */
export type ActivateNotification = (notification: DesktopNotification, action?: string) => void
