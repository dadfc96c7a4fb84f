import type { ActivationArguments } from 'electron'
import type { Clock } from '../../engine/ports/clock.ts'
import type { AlertTarget, AlertTargets } from './alert-targets.ts'

/** What of Electron's `Notification` itself is needed. */
export interface NotificationHistory {
  /** Windows: called for each click, also for one that this program was started by. */
  handleActivation(callback: (details: Pick<ActivationArguments, 'type' | 'arguments'>) => void): void
  /** macOS: what still lies in the notification centre. */
  getHistory(): Promise<readonly { readonly id: string; on(event: 'click', listener: () => void): unknown }[]>
}

export interface PreviousNotificationsOptions {
  readonly platform: NodeJS.Platform
  readonly history: NotificationHistory
  /** When a notification of this run was last clicked, in milliseconds since 1970. */
  readonly clickedAt: () => number
  readonly targets: Pick<AlertTargets, 'of' | 'findIn'>
  readonly openTarget: (target: AlertTarget) => void
  readonly openApp: () => void
  readonly clock: Clock
}

/** Both calls about one click come within this time of each other. In milliseconds. */
const together = 300

/**
 * Lets clicks on notifications of an earlier run open what they were about, where that is known, or else the program: on
 * Windows also one that starts it, on macOS those that still lie in the notification centre (Electron's
 * `Notification.handleActivation` and `getHistory`). Linux has neither: there a notification is its sender's, and ends
 * with it.
 */
export const handlePreviousNotifications = async (options: PreviousNotificationsOptions): Promise<void> => {
  const { platform, history, clickedAt, targets, openTarget, openApp, clock } = options
  const open = (target: AlertTarget | undefined): void => (target === undefined ? openApp() : openTarget(target))
  if (platform === 'win32') {
    history.handleActivation(({ type, arguments: text }) => {
      const at = clock.now()
      clock.after(together, () => {
        // How Electron names a notification in that text is not documented, so the tag is looked for in it.
        if (clickedAt() < at - together) open(type === 'click' ? targets.findIn(text) : undefined)
      })
    })
  }
  if (platform !== 'darwin') return
  try {
    for (const notification of await history.getHistory()) {
      notification.on('click', () => open(targets.of(notification.id)))
    }
  } catch {
    // Without the right to show notifications there is no history either.
  }
}
