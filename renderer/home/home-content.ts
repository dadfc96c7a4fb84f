import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { countedRows } from '../../common/glance/counted-rows.ts'
import { isInTrouble } from '../../common/glance/glance.ts'

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

/** How many rows of a forum are shown before “more” is pressed. */
export const mostRows = 3

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
 * @param newRows the rows of an account to list as news
 */
export const homeContent = (
  accounts: readonly AccountView[],
  newRows: (account: AccountView) => readonly NotificationItem[] = countedRows,
): HomeContent => {
  const attention = accounts.filter(isInTrouble)
  const news = accounts.flatMap((account) =>
    (account.counts?.total ?? 0) > 0 ? [{ account, groups: groupNews(account, newRows(account)) }] : [],
  )
  const shown = new Set([...attention, ...news.map(({ account }) => account)].map(({ id }) => id))
  return {
    attention,
    news,
    quiet: accounts.filter(({ id }) => !shown.has(id)),
  }
}

/** Rows grouped by topic and kind; the same array for the same rows, so that only what has changed is rendered again. */
const groupNews = ({ id }: AccountView, rows: readonly NotificationItem[]): readonly NewsGroup[] => {
  const known = groupsOf.get(rows)
  if (known !== undefined) return known
  const groups = new Map<string, NotificationItem[]>()
  for (const item of rows) {
    const about = item.topic === null ? `notification ${item.id}` : `${item.kind} ${item.topic}`
    groups.set(about, [...(groups.get(about) ?? []), item])
  }
  const made = [...groups].flatMap(([about, [newest, ...older]]) =>
    newest === undefined ? [] : [{ key: `${id}/${about}`, newest, items: [newest, ...older] as const }],
  )
  groupsOf.set(rows, made)
  return made
}

const groupsOf = new WeakMap<readonly NotificationItem[], readonly NewsGroup[]>()

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
    news: earlier.news.map((news) => refreshedNews(news, present(news.account))),
  }
}

/** Memoized: only what belongs to an account that has changed is another object, and rendered again. */
const refreshedNews = (news: ForumNews, account: AccountView): ForumNews => {
  const known = refreshedOf.get(news) ?? news
  if (known.account === account) return known
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
  const made = { account, groups }
  refreshedOf.set(news, made)
  return made
}

const refreshedOf = new WeakMap<ForumNews, ForumNews>()
