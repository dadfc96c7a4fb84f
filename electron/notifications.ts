import type { Notification } from 'electron'
import type { Alert } from '../engine/alerts/alert.ts'

/** What of Electron's `Notification` is needed. */
export interface NotificationPort extends Pick<Notification, 'show' | 'close'> {
  on(event: 'click', listener: () => void): unknown
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown
  on(event: 'failed', listener: () => void): unknown
}

/** One thing to show. */
export interface Message {
  /** A later message with the same tag takes the place of the earlier one. */
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly click: () => void
}

/** What notifications are made with. */
export interface NotificationsOptions {
  readonly isSupported: () => boolean
  readonly create: (options: { title: string; body: string }) => NotificationPort
  /** The most that are held at once. */
  readonly most?: number
}

/** Shows the system's notifications. */
export type Notify = (message: Message) => void

/**
 * Makes the function that shows notifications. Each is held until it is clicked, closed or failed: one that is collected
 * never hears its click (electron/electron#12690), which is why so many programs' notifications open nothing.
 */
export const createNotifications = ({ isSupported, create, most = 50 }: NotificationsOptions): Notify => {
  // By tag, oldest first.
  const held = new Map<string, NotificationPort>()

  const letGo = (tag: string, notification: NotificationPort): void => {
    if (held.get(tag) === notification) held.delete(tag)
  }

  const takeAway = (tag: string): void => {
    const earlier = held.get(tag)
    held.delete(tag)
    earlier?.close()
  }

  return ({ tag, title, body, click }) => {
    if (!isSupported()) return
    takeAway(tag)
    const [oldest] = held.keys()
    if (oldest !== undefined && held.size >= most) takeAway(oldest)
    const notification = create({ title, body })
    held.set(tag, notification)
    notification.on('click', () => {
      letGo(tag, notification)
      click()
    })
    notification.on('close', ({ reason }) => {
      // On Windows it has only moved to the notification centre, where it can still be clicked.
      if (reason !== 'timedOut') letGo(tag, notification)
    })
    notification.on('failed', () => letGo(tag, notification))
    notification.show()
  }
}

/** An alert of the engine as a message; a click opens the account's page. */
export const alertMessage = (alert: Alert, openAccount: (account: string, url: string) => void): Message => ({
  tag: alert.tag,
  title: alert.title,
  body: alert.body,
  click: () => openAccount(alert.account, alert.url),
})
