import type { Clock } from '../../engine/ports/clock.ts'

/** What of Electron's `Notification` itself is needed. */
export interface NotificationHistory {
  /** Windows: called for each click, also for one that this program was started by. */
  handleActivation(callback: () => void): void
  /** macOS: what still lies in the notification centre. */
  getHistory(): Promise<readonly { on(event: 'click', listener: () => void): unknown }[]>
}

export interface PreviousNotificationsOptions {
  readonly platform: NodeJS.Platform
  readonly history: NotificationHistory
  /** When a notification of this run was last clicked, in milliseconds since 1970. */
  readonly clickedAt: () => number
  readonly openApp: () => void
  readonly clock: Clock
}

/** Both calls about one click come within this time of each other. In milliseconds. */
const together = 300

/**
 * Lets clicks on notifications of an earlier run show the program, whose list has what they were about: on Windows also
 * one that starts it, on macOS those that still lie in the notification centre (Electron's `Notification.handleActivation`
 * and `getHistory`). Linux has neither: there a notification is its sender's, and ends with it.
 */
export const handlePreviousNotifications = async (options: PreviousNotificationsOptions): Promise<void> => {
  const { platform, history, clickedAt, openApp, clock } = options
  if (platform === 'win32') {
    history.handleActivation(() => {
      const at = clock.now()
      clock.after(together, () => {
        if (clickedAt() < at - together) openApp()
      })
    })
  }
  if (platform !== 'darwin') return
  try {
    for (const notification of await history.getHistory()) notification.on('click', openApp)
  } catch {
    // Without the right to show notifications there is no history either.
  }
}
