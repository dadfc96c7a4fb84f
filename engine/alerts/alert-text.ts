import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView, Counts } from '../../common/contract/snapshot.ts'
import { countsText } from '../../common/glance/glance.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import type { Alert } from './alert.ts'
import type { Chime } from './sound/chime.ts'

/** What the wording of an alert about an account depends on. */
export interface AlertSetting {
  readonly t: Translate
  readonly account: AccountView
  /** What to call the account's forum among all accounts. */
  readonly forum: string
  /** Whether there is another account on the same site, so that the user name tells them apart. */
  readonly isOneOfSeveral: boolean
  /** Neither names nor text may appear. */
  readonly isPrivate: boolean
  readonly isSilent: boolean
  readonly chime: Chime | null
}

/**
 * What all alerts about an account have in common. The title is the forum's name, with the user's if there are several
 * accounts.
 */
const frameOf = ({ t, account, forum, isOneOfSeveral, isPrivate, isSilent, chime }: AlertSetting) => {
  const { id, username } = account
  const isNamed = isOneOfSeveral && !isPrivate
  return {
    account: id,
    title: isNamed ? t('alert.titleOf', { title: forum, username }) : forum,
    isSilent,
    chime,
  }
}

/** The alert for one notification row or chat message: who did what where, with the excerpt if it is known. */
export const itemAlert = (setting: AlertSetting, item: NotificationItem): Alert => {
  const { t, account } = setting
  const text = notificationText(t, item)
  const { id, url, excerpt } = item
  return {
    ...frameOf(setting),
    tag: `${account.id}-${id}`,
    body: excerpt === null ? text : `${text}\n${excerpt}`,
    url,
    notification: placeOf(item),
  }
}

/**
 * The alert that sums up what would be too much one by one.
 * @param isAtLeast whether there may be more than `count`: forums list 50 rows and count to 99
 */
export const summaryAlert = (setting: AlertSetting, count: number, isAtLeast: boolean): Alert => {
  const { t, account } = setting
  return {
    ...frameOf(setting),
    tag: `${account.id}-summary`,
    body: t(isAtLeast ? 'alert.atLeast' : 'alert.summary', { count }),
    url: account.links.notifications,
    notification: null,
  }
}

/**
 * The one alert for everything new while alerts may show neither names nor content. It replaces the previous one.
 * @param only the row that it is about, if there is just one
 * @param isAtLeast as for `summaryAlert`
 */
export const hiddenAlert = (
  setting: AlertSetting,
  count: number,
  isAtLeast: boolean,
  only: NotificationItem | undefined,
): Alert => {
  const { t, account } = setting
  return {
    ...summaryAlert(setting, count, isAtLeast),
    tag: `${account.id}-hidden`,
    ...(isAtLeast ? {} : { body: t('alert.hidden', { count }) }),
    ...(only === undefined || count > 1 ? {} : { url: only.url, notification: placeOf(only) }),
  }
}

/** The parts of the row that the alert's buttons need. Chat messages have no row; their ids are our own, and negative. */
const placeOf = ({ id, topic }: NotificationItem): Alert['notification'] => (id > 0 ? { id, topic } : null)

/** The one alert for all that was deferred while it was quiet. @param isAtLeast as for `summaryAlert` */
export const quietSummary = (setting: AlertSetting, count: number, isAtLeast: boolean): Alert => ({
  ...summaryAlert(setting, count, isAtLeast),
  tag: `${setting.account.id}-quiet`,
  body: setting.t(isAtLeast ? 'alert.atLeast' : 'alert.afterQuiet', { count }),
})

/** The alert for risen counts of what has no notification rows: chat and the review queue. */
export const riseAlert = (setting: AlertSetting, rise: Counts): Alert => {
  const { t, account } = setting
  const what = countsText(t, rise)
  return {
    ...frameOf(setting),
    tag: `${account.id}-counts`,
    body: t('alert.body', { what, username: account.username }),
    url: account.links.notifications,
    notification: null,
  }
}

/** The alert for an account whose key its forum has stopped accepting; it leads to the forum's list of applications. */
export const refusedAlert = (setting: AlertSetting): Alert | undefined => {
  const { t, account } = setting
  if (account.state.kind !== 'needsSignIn') return undefined
  return {
    ...frameOf(setting),
    tag: `${account.id}-refused`,
    body: failureSentence(t, account.state.failure),
    url: account.links.apps,
    notification: null,
  }
}
