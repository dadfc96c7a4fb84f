import type { Translate } from '../../common/i18n.ts'
import type { NotificationItem } from '../../common/notification.ts'
import { notificationText } from '../../common/notification-text.ts'
import type { AccountView } from '../../common/snapshot.ts'
import type { Alert } from './alert.ts'

/** What an alert about an account is worded with. */
export interface AlertSetting {
  readonly t: Translate
  readonly account: AccountView
  /** Whether there is another account on the same site, so that the user name tells them apart. */
  readonly isOneOfSeveral: boolean
  /** Neither names nor text may appear. */
  readonly isPrivate: boolean
}

/** The forum's name; with the user's where that is needed to tell accounts apart. */
const titleOf = ({ t, account, isOneOfSeveral, isPrivate }: AlertSetting): string => {
  const { site, username } = account
  return isOneOfSeveral && !isPrivate ? t('alert.titleOf', { title: site.title, username }) : site.title
}

/** The alert for one notification: who did what where, and what was written as far as it is known. */
export const itemAlert = (setting: AlertSetting, item: NotificationItem): Alert => {
  const { t, account, isPrivate } = setting
  const text = notificationText(t, item)
  const { id, topic, url, excerpt } = item
  return {
    tag: `${account.id}-${id}`,
    account: account.id,
    title: titleOf(setting),
    body: isPrivate ? t('alert.hidden', { count: 1 }) : excerpt === null ? text : `${text}\n${excerpt}`,
    url,
    notification: { id, topic },
  }
}

/** The alert for more than would be welcome one by one. */
export const summaryAlert = (setting: AlertSetting, count: number): Alert => {
  const { t, account, isPrivate } = setting
  return {
    tag: `${account.id}-summary`,
    account: account.id,
    title: titleOf(setting),
    body: isPrivate ? t('alert.hidden', { count }) : t('alert.summary', { count }),
    url: account.links.notifications,
    notification: null,
  }
}
