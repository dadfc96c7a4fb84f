import type { AccountView } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'
import { notificationText } from '../i18n/notification-text.ts'
import { countedRows } from './counted-rows.ts'
import { accountLine } from './glance.ts'

/**
 * One line about an account: its trouble when it has one; otherwise the newest notification that is counted, where that
 * is known, or its counts.
 * @param now milliseconds since 1970
 */
export const newsLine = (t: Translate, account: AccountView, now: number): string => {
  const { state } = account
  const isInOrder = state.kind === 'fresh' || state.kind === 'new'
  const [newest] = isInOrder ? countedRows(account) : []
  return newest === undefined ? accountLine(t, account, now) : notificationText(t, newest)
}
