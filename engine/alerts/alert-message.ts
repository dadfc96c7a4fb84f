import type { Translate } from '../../common/i18n.ts'
import type { Alert } from './alert.ts'
import type { Message, MessageAction } from './show-port.ts'

/** An alert as the shells show it. */
export const alertMessage = (t: Translate, { tag, account, title, body, url, notification }: Alert): Message => {
  const markRead: MessageAction[] =
    notification === null
      ? []
      : [
          {
            id: 'markRead',
            label: t('alert.markRead'),
            command: { name: 'notification.read', input: { account, notification: notification.id } },
          },
        ]
  return { tag, title, body, target: { account, url }, silent: false, actions: markRead }
}
