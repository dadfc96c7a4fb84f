import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import type { DesktopNotification, NotificationAction } from '../ports/notification-port.ts'
import type { Chime } from './sound/chime.ts'

/** One thing worth telling the user. */
export interface Alert {
  /** A later alert with the same tag replaces an earlier one. */
  readonly tag: string
  readonly account: string
  readonly title: string
  readonly body: string
  /** What a click opens, on the account's own site. */
  readonly url: string
  /** The notification row it is about; null for one that sums up several, or is about none. */
  readonly notification: Pick<NotificationItem, 'id' | 'topic'> | null
  /** Shown only in place of the earlier one with its tag, and not at all if that has been closed. */
  readonly onlyReplaces?: true
  /** Whether the system plays no sound with it. */
  readonly isSilent: boolean
  /** The sound of our own that goes with it. */
  readonly chime: Chime | null
}

/**
 * The notification that the shells show for an alert.
 * @param icon the file of the forum's own icon
 */
export const alertNotification = (t: Translate, alert: Alert, icon?: string): DesktopNotification => {
  const { tag, account, title, body, url, notification, isSilent, onlyReplaces } = alert
  const actions: NotificationAction[] = []
  if (notification !== null) {
    const input = { account, notification: notification.id }
    actions.push({ id: 'markRead', label: t('alert.markRead'), command: { name: 'notification.read', input } })
  }
  actions.push({ id: 'pauseHour', label: t('alert.pauseHour'), command: { name: 'quiet.pause', input: { for: '1h' } } })
  if (notification !== null && notification.topic !== null) {
    const input = { account, topic: notification.topic }
    actions.push({ id: 'muteTopic', label: t('alert.muteTopic'), command: { name: 'topic.mute', input } })
  }
  const picture = icon === undefined ? {} : { icon }
  const replacing = onlyReplaces === true ? { onlyReplaces } : {}
  return { tag, title, body, ...picture, ...replacing, target: { account, url }, silent: isSilent, actions }
}
