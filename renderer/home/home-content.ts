import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'

/** What is new about one topic and of one kind, the newest first. */
export interface NewsGroup {
  /** Stable for as long as its first notification is known. */
  readonly key: string
  readonly newest: NotificationItem
  readonly items: readonly [NotificationItem, ...NotificationItem[]]
}

/** One account with what is new there. Chats and the review queue are only counted: no list contains them. */
export interface ForumNews {
  readonly account: AccountView
  readonly groups: readonly NewsGroup[]
}

/** The home's content: what needs attention, what is new, and the rest. */
export interface HomeContent {
  /** Accounts in trouble. */
  readonly attention: readonly AccountView[]
  readonly news: readonly ForumNews[]
  readonly quiet: readonly AccountView[]
}

/**
 * Sorts accounts into the three parts; within each they keep the user's order. An account in trouble is also among the
 * news while it has any.
 */
export const homeContent = (accounts: readonly AccountView[]): HomeContent => {
  const attention = accounts.filter(isInTrouble)
  const news = accounts.flatMap((account) => {
    const groups = newsGroups(account)
    return (account.counts?.total ?? 0) > 0 ? [{ account, groups }] : []
  })
  const shown = new Set([...attention, ...news.map(({ account }) => account)].map(({ id }) => id))
  return {
    attention,
    news,
    quiet: accounts.filter(({ id }) => !shown.has(id)),
  }
}

/** Whether the account's numbers cannot be relied on. */
export const isInTrouble = ({ state }: AccountView): boolean => state.kind !== 'fresh' && state.kind !== 'new'

/**
 * The unread notifications of an account that are not snoozed, grouped by topic and kind. Unread ones that were seen in
 * the forum's own menu are not counted, so they are not news either (protocol.md 5.1).
 */
const newsGroups = (account: AccountView): readonly NewsGroup[] => {
  const known = groupsOf.get(account)
  if (known !== undefined) return known
  const groups = groupNews(account)
  groupsOf.set(account, groups)
  return groups
}

/** The same array for the same account, so that only what has changed is rendered again. */
const groupsOf = new WeakMap<AccountView, readonly NewsGroup[]>()

const groupNews = ({ id, items, counts, snoozed }: AccountView): readonly NewsGroup[] => {
  if (counts === null || counts.notifications + counts.messages === 0) return []
  const hidden = new Set(snoozed.map(({ notification }) => notification))
  const groups = new Map<string, NotificationItem[]>()
  for (const item of items ?? []) {
    if (item.read || hidden.has(item.id)) continue
    const about = item.topic === null ? `notification ${item.id}` : `${item.kind} ${item.topic}`
    groups.set(about, [...(groups.get(about) ?? []), item])
  }
  return [...groups].flatMap(([about, [newest, ...older]]) =>
    newest === undefined ? [] : [{ key: `${id}/${about}`, newest, items: [newest, ...older] }],
  )
}

/** How many groups of the current content are not in an earlier one. */
export const arrivedSince = (earlier: HomeContent, present: HomeContent): number => {
  const known = new Set(earlier.news.flatMap(({ groups }) => groups.map(keyWithNewest)))
  return present.news.flatMap(({ groups }) => groups).filter((group) => !known.has(keyWithNewest(group))).length
}

const keyWithNewest = ({ key, newest }: NewsGroup): string => `${key}/${newest.id}`

/**
 * Updates an earlier content without moving anything: notifications that have been read or snoozed since, or are gone,
 * appear as read.
 */
export const refreshed = (earlier: HomeContent, accounts: readonly AccountView[]): HomeContent => {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const present = (account: AccountView): AccountView => byId.get(account.id) ?? account
  return {
    attention: earlier.attention.map(present),
    quiet: earlier.quiet.map(present),
    news: earlier.news.map((news) => {
      const account = present(news.account)
      const items = new Map((account.items ?? []).map((item) => [item.id, item]))
      const hidden = new Set(account.snoozed.map(({ notification }) => notification))
      const now = (item: NotificationItem): NotificationItem => {
        const latest = items.get(item.id)
        return latest === undefined || hidden.has(item.id) ? { ...item, read: true } : latest
      }
      const groups = news.groups.map(({ key, items: [newest, ...older] }): NewsGroup => {
        const latest = now(newest)
        return { key, newest: latest, items: [latest, ...older.map(now)] }
      })
      return { account, groups }
    }),
  }
}
