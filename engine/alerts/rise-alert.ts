import { countsText } from '../../common/glance.ts'
import type { Translate } from '../../common/i18n.ts'
import type { AccountView, Counts } from '../../common/snapshot.ts'

/** One thing worth telling the user. */
export interface Alert {
  /** A later alert of the same account takes the place of an earlier one. */
  readonly tag: string
  readonly account: string
  readonly title: string
  readonly body: string
  /** What a click opens, on the account's own site. */
  readonly url: string
}

/**
 * The alert for numbers that have risen since the last answer, and only by how much; undefined when none has.
 * The first answer after an account was added is silent: `before` is null then.
 */
export const riseAlert = (t: Translate, before: Counts | null, account: AccountView): Alert | undefined => {
  const { counts } = account
  if (before === null || counts === null) return undefined
  const rise = {
    notifications: Math.max(0, counts.notifications - before.notifications),
    messages: Math.max(0, counts.messages - before.messages),
    chat: Math.max(0, counts.chat - before.chat),
    reviewables: Math.max(0, counts.reviewables - before.reviewables),
  }
  const total = rise.notifications + rise.messages + rise.chat + rise.reviewables
  if (total === 0) return undefined
  return {
    tag: account.id,
    account: account.id,
    title: account.site.title,
    body: t('alert.body', { what: countsText(t, { ...rise, total }), username: account.username }),
    url: account.links.notifications,
  }
}
