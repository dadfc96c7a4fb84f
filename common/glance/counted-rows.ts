import type { NotificationItem } from '../contract/notification.ts'
import type { AccountView } from '../contract/snapshot.ts'

/**
 * The listed rows that an account's counts include: the newest unread ones that are not snoozed, messages and others each
 * as many as the forum counts. A forum counts only what came since its user last looked (protocol.md 5.1), and rows may
 * have arrived that it has not counted yet; so a number made of these never exceeds the count shown beside it.
 */
export const countedRows = ({ items, snoozed, counts }: AccountView): readonly NotificationItem[] => {
  if (counts === null || items === null) return []
  const hidden = new Set(snoozed.map(({ notification }) => notification))
  const unread = items.filter(({ id, read }) => !read && !hidden.has(id))
  const isMessage = ({ kind }: NotificationItem): boolean => kind === 'private_message'
  return [
    ...unread.filter(isMessage).slice(0, counts.messages),
    ...unread.filter((row) => !isMessage(row)).slice(0, counts.notifications),
  ]
}
