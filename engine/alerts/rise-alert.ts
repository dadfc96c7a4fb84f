import { countsText } from '../../common/glance.ts'
import type { Translate } from '../../common/i18n.ts'
import type { AccountView, Counts } from '../../common/snapshot.ts'
import type { Alert } from './alert.ts'

/**
 * The alert for what has risen since the last answer among that which has no notifications of its own: chat messages and
 * the review queue; undefined when nothing has. The first answer after an account was added is silent: `before` is null
 * then.
 */
export const riseAlert = (t: Translate, before: Counts | null, account: AccountView): Alert | undefined => {
  const { counts } = account
  if (before === null || counts === null) return undefined
  const chat = Math.max(0, counts.chat - before.chat)
  const reviewables = Math.max(0, counts.reviewables - before.reviewables)
  if (chat + reviewables === 0) return undefined
  const rise = { notifications: 0, messages: 0, chat, reviewables, total: chat + reviewables }
  return {
    tag: `${account.id}-counts`,
    account: account.id,
    title: account.site.title,
    body: t('alert.body', { what: countsText(t, rise), username: account.username }),
    url: account.links.notifications,
    notification: null,
  }
}
