import type { Notification, NotificationConstructorOptions } from 'electron'
import type { NotificationOutcome } from '../../common/contract/notification-outcome.ts'
import { createHeldNotifications } from '../../engine/alerts/held-notifications.ts'
import { notificationBody } from '../../engine/linux/notification-body.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type {
  ActivateNotification,
  DesktopNotification,
  NotificationPort,
} from '../../engine/ports/notification-port.ts'
import type { AlertTargets } from './alert-targets.ts'

/** The part of Electron's `Notification` that is used. */
export interface ElectronNotification extends Pick<Notification, 'show' | 'close'> {
  on(event: 'show' | 'click', listener: () => void): unknown
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown
}

/** What the notification server can do; undefined where it cannot be asked. Never rejects. */
type Capabilities = () => Promise<readonly string[] | 'silent' | undefined>

export interface NotificationsOptions {
  readonly isSupported: () => boolean
  readonly create: (options: NotificationConstructorOptions) => ElectronNotification
  readonly clock: Clock
  /** What the notification server of a Linux desktop can do; left out elsewhere, where no body has markup. */
  readonly capabilities?: Capabilities | undefined
  /** Called with each notification that is shown with a target, where the system lets one be clicked after this run. */
  readonly remember?: AlertTargets['remember'] | undefined
  /** Calls a function once the current event has been handled completely: Node's `setImmediate`. */
  readonly defer: (action: () => void) => void
  /** The most that are held at once. */
  readonly most?: number
}

/** The system's notifications. */
export interface Notifications {
  readonly show: NotificationPort
  /** Sets what a click does. Until then there is nothing to click: the engine shows the first notification. */
  onActivate(activate: ActivateNotification): void
  /** When a notification of this run was last clicked, in milliseconds since 1970; 0 before. */
  clickedAt(): number
}

/** Milliseconds without an event after which the system counts as having swallowed a notification. */
export const deadline = 10_000

/**
 * Notifications through Electron. Each is held until it is clicked, is closed or fails: one that is garbage-collected
 * never receives its click (electron/electron#12690), which is why many programs' notifications open nothing. Buttons
 * appear on macOS (in a signed app) and Windows; Linux leaves them out
 * (electronjs.org/docs/api/structures/notification-action).
 *
 * What a click does is deferred: opening a link runs a nested loop on Wayland, in which the desktop closes the very
 * notification whose handler is running, and the program crashes (seen with Electron 33 on GNOME Shell 43 and sway).
 */
export const createNotifications = (options: NotificationsOptions): Notifications => {
  const { isSupported, create, clock, capabilities, remember, defer, most = 50 } = options
  let activate: ActivateNotification = () => undefined
  let clickedAt = 0
  const held = createHeldNotifications<ElectronNotification>(most)
  const letGo = (notification: ElectronNotification): void => void held.release((other) => other === notification)

  const showNow = (message: DesktopNotification, body: string): Promise<NotificationOutcome> => {
    const { tag, title, icon, silent, actions, target } = message
    if (target !== undefined) remember?.(tag, target)
    held.take(tag)?.close()
    held.takeOldest()?.close()
    const notification = create({
      // macOS and Windows use this id to identify it to a later run; Linux ignores it.
      ...{ id: tag, title, body, silent },
      ...(icon === undefined ? {} : { icon }),
      actions: actions.map(({ label }) => ({ type: 'button', text: label })),
    })
    held.hold(tag, notification)
    notification.on('click', () => {
      letGo(notification)
      clickedAt = clock.now()
      defer(() => activate(message))
    })
    notification.on('action', ({ actionIndex }) => {
      letGo(notification)
      const action = actions[actionIndex]
      if (action !== undefined) defer(() => activate(message, action.id))
    })
    notification.on('close', ({ reason }) => {
      // On Windows it has only moved to the notification centre, where it can still be clicked.
      if (reason !== 'timedOut') letGo(notification)
    })
    return new Promise((resolve) => {
      const end = (outcome: NotificationOutcome): void => {
        cancelDeadline()
        resolve(outcome)
      }
      const cancelDeadline = clock.after(deadline, () => end({ kind: 'failed', reason: 'no answer' }))
      notification.on('show', () => end({ kind: 'shown' }))
      notification.on('failed', (_event, error) => {
        letGo(notification)
        end(outcomeOf(error))
      })
      notification.show()
    })
  }

  // In sequence, so that of two with the same tag the later one stays.
  let asking: Promise<unknown> = Promise.resolve()
  const showOnLinux = async (message: DesktopNotification, ask: Capabilities): Promise<NotificationOutcome> => {
    const asked = asking.then(ask)
    asking = asked
    const answer = await asked
    // Electron would wait for the server on its main thread, and with it tray, window and engine: 25 s for each notification.
    if (answer === 'silent') return { kind: 'failed', reason: 'no answer' }
    return await showNow(message, notificationBody(message.body, answer))
  }

  return {
    show: async (message) => {
      if (!isSupported()) return { kind: 'unsupported' }
      if (capabilities === undefined) return await showNow(message, message.body)
      return await showOnLinux(message, capabilities)
    },
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
