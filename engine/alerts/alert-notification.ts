import type { Translate } from '../../common/i18n/i18n.ts'
import type { DesktopNotification, NotificationAction } from '../ports/notification-port.ts'
import type { Alert } from './alert.ts'

/**
 * An alert as the shells show it.
 * @param icon the file of the forum's own picture
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
