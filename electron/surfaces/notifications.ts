import type { Notification, NotificationConstructorOptions } from 'electron'
import type { NotificationOutcome } from '../../common/contract/notification-outcome.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { ActivateNotification, NotificationPort } from '../../engine/ports/notification-port.ts'

/** What of Electron's `Notification` is needed. */
export interface ElectronNotification extends Pick<Notification, 'show' | 'close'> {
  on(event: 'show' | 'click', listener: () => void): unknown
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown
}

export interface NotificationsOptions {
  readonly isSupported: () => boolean
  readonly create: (options: NotificationConstructorOptions) => ElectronNotification
  readonly clock: Clock
  /** The most that are held at once. */
  readonly most?: number
}

/** The system's notifications. */
export interface Notifications {
  readonly show: NotificationPort
  /** Sets what a click does. Until then there is nothing to click: the engine shows the first notification. */
  onActivate(activate: ActivateNotification): void
  /** When one of this run was last clicked, in milliseconds since 1970; 0 before. */
  clickedAt(): number
}

/** Milliseconds after which the system has swallowed a notification. */
export const deadline = 10_000

/**
 * Notifications through Electron. Each is held until it is clicked, closed or failed: one that is
 * collected never hears its click (electron/electron#12690), which is why so many programs' notifications open nothing.
 * Buttons come on macOS (in a signed app) and Windows, and are left out by Linux
 * (electronjs.org/docs/api/structures/notification-action).
 */
export const createNotifications = (options: NotificationsOptions): Notifications => {
  const { isSupported, create, clock, most = 50 } = options
  let activate: ActivateNotification = () => undefined
  let clickedAt = 0
  // By tag, oldest first.
  const held = new Map<string, ElectronNotification>()

  const letGo = (tag: string, notification: ElectronNotification): void => {
    if (held.get(tag) === notification) held.delete(tag)
  }

  const takeAway = (tag: string): void => {
    const earlier = held.get(tag)
    held.delete(tag)
    earlier?.close()
  }

  const show: NotificationPort = (message) => {
    if (!isSupported()) return Promise.resolve({ kind: 'unsupported' })
    const { tag, title, body, icon, silent, actions } = message
    takeAway(tag)
    const [oldest] = held.keys()
    if (oldest !== undefined && held.size >= most) takeAway(oldest)
    const notification = create({
      ...{ title, body, silent },
      ...(icon === undefined ? {} : { icon }),
      actions: actions.map(({ label }) => ({ type: 'button', text: label })),
    })
    held.set(tag, notification)
    notification.on('click', () => {
      letGo(tag, notification)
      clickedAt = clock.now()
      activate(message)
    })
    notification.on('action', ({ actionIndex }) => {
      letGo(tag, notification)
      const action = actions[actionIndex]
      if (action !== undefined) activate(message, action.id)
    })
    notification.on('close', ({ reason }) => {
      // On Windows it has only moved to the notification centre, where it can still be clicked.
      if (reason !== 'timedOut') letGo(tag, notification)
    })
    return new Promise((resolve) => {
      const end = (outcome: NotificationOutcome): void => {
        cancelDeadline()
        resolve(outcome)
      }
      const cancelDeadline = clock.after(deadline, () => end({ kind: 'failed', reason: 'no answer' }))
      notification.on('show', () => end({ kind: 'shown' }))
      notification.on('failed', (_event, error) => {
        letGo(tag, notification)
        end(outcomeOf(error))
      })
      notification.show()
    })
  }

  return {
    show,
    onActivate: (given) => {
      activate = given
    },
    clickedAt: () => clickedAt,
  }
}

/**
 * What macOS and Windows say when the user has switched notifications off. macOS: `UNErrorCodeNotificationsNotAllowed`,
 * with or without its text; Windows: `WPN_E_NOTIFICATION_DISABLED` and its like, worded by Electron
 * (shell/browser/notifications/win/windows_toast_notification.cc).
 */
const refusals = /UNErrorDomain error 1\b|not allowed for this application|Settings prevent the notification/

const outcomeOf = (error: string): NotificationOutcome =>
  refusals.test(error) ? { kind: 'refused' } : { kind: 'failed', reason: error }
