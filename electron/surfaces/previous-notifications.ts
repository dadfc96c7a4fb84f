import type { ActivationArguments } from 'electron'
import type { Clock } from '../../engine/ports/clock.ts'
import type { AlertTarget, AlertTargets } from './alert-targets.ts'

/** The static part of Electron's `Notification` that is used. */
export interface NotificationHistory {
  /** Windows: called for each click, including the one that started this program. */
  handleActivation(callback: (details: Pick<ActivationArguments, 'type' | 'arguments'>) => void): void
  /** macOS: what is still in the notification centre. */
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

/** One click is reported both as an event and as an activation, within this time of each other. In milliseconds. */
const together = 300

/**
 * Lets a click on a notification of an earlier run open what it was about, where that is known, or else the app: on
 * Windows including the click that starts it, on macOS for those still in the notification centre (Electron's
 * `Notification.handleActivation` and `getHistory`). Linux has neither: there a notification belongs to its sender, and
 * ends with it.
 */
export const handlePreviousNotifications = async (options: PreviousNotificationsOptions): Promise<void> => {
  const { platform, history, clickedAt, targets, openTarget, openApp, clock } = options
  const open = (target: AlertTarget | undefined): void => (target === undefined ? openApp() : openTarget(target))
  if (platform === 'win32') {
    history.handleActivation(({ type, arguments: text }) => {
      const at = clock.now()
      clock.after(together, () => {
        // How Electron identifies a notification in that text is not documented, so the text is searched for a known
        // tag.
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
    // Without permission to show notifications there is no history either.
  }
}
