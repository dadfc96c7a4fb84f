import type { NotificationItem } from '../common/contract/notification.ts'
import { oneTimeScope } from '../common/contract/scope.ts'
import type { AccountView, AttemptView, Counts, Snapshot } from '../common/contract/snapshot.ts'
import { countedAmong } from '../common/glance/counted-rows.ts'
import type { Account, Attempt, OlderRows } from './account.ts'
import { atSite } from './discourse/address.ts'
import { showableAccount } from './showable-account.ts'
import type { Secrets } from './storage/secrets.ts'

// What a snapshot shows of an account, an attempt and the key pair.

/** The paths of our own pages that belong to an account; null where there is nothing behind one. */
export interface AccountPaths {
  readonly signedIn: string | null
  readonly avatar: string | null
  readonly icon: string | null
  /** The same rows with the paths of their actors' pictures. */
  readonly withFaces: (items: Items) => Items
}

/** Makes the view of each thing once, so that of what has not changed it is the same object in every snapshot. */
const memoize = <Thing extends object, View>(make: (thing: Thing) => View): ((thing: Thing) => View) => {
  const views = new WeakMap<Thing, View>()
  return (thing) => {
    const view = views.get(thing) ?? make(thing)
    views.set(thing, view)
    return view
  }
}

export const keypairView = memoize(({ createdAt }: NonNullable<Secrets['keypair']>): Snapshot['keypair'] => ({
  createdAt,
}))

interface MadeView {
  readonly view: AccountView
  readonly paths: AccountPaths
  readonly showsTopics: boolean
}

const accountViews = new WeakMap<Account, MadeView>()

/**
 * An account in a snapshot: the same object for as long as nothing of it changes.
 * @param showsTopics whether its counts have new and unread topics and the inboxes of groups
 */
export const accountView = (account: Account, paths: AccountPaths, showsTopics: boolean): AccountView => {
  const existing = accountViews.get(account)
  if (existing !== undefined && existing.showsTopics === showsTopics && areSame(existing.paths, paths)) {
    return existing.view
  }
  const view = showableAccount(makeAccountView(account, paths, showsTopics))
  accountViews.set(account, { view, paths, showsTopics })
  return view
}

const areSame = (one: AccountPaths, other: AccountPaths): boolean =>
  one.signedIn === other.signedIn && one.avatar === other.avatar && one.icon === other.icon

const makeAccountView = (account: Account, paths: AccountPaths, showsTopics: boolean): AccountView => {
  const { signedIn, avatar, icon, withFaces } = paths
  const { id, site, username, state, isLive, apiVersion, scopes, approvedAt, expiresAt, cache, older } = account
  const { snoozed = noneSnoozed } = account
  const marked = markedRows(account)
  const { counts, checkedAt, lastUsedAt, items } = cache
  // Half a surrogate pair, which a damaged file may hold, has no place in an address.
  const user = atSite(site.base, `/u/${encodeURIComponent(username.replace(/\p{Cs}/gu, ''))}`)
  const links = { notifications: `${user}/notifications`, apps: `${user}/preferences/apps`, signedIn }
  return {
    id,
    site,
    username,
    avatar,
    icon,
    state,
    isLive,
    counts:
      counts &&
      withoutHidden(divided(showsTopics ? counts : withoutTopics(counts), items), items ?? [], {
        ids: new Set([...snoozed.map(({ notification }) => notification), ...marked.ids]),
        isRestHidden: marked.isWhole,
      }),
    checkedAt,
    snoozed,
    items: items && asRead(withFaces(older === undefined ? items : withOlder(items, older)), marked.ids),
    hasOlder: older?.hasMore ?? (items?.length ?? 0) >= fewItems,
    apiVersion,
    scopes,
    approvedAt,
    expiresAt,
    lastUsedAt,
    links,
  }
}

/** A list that is shorter than this is whole; forums leave out what is out of the user's sight (protocol.md 5.3). */
const fewItems = 25

type Items = readonly NotificationItem[]

/** All rows of an account, the same object while they are the same. */
const rowsWithOlder = new WeakMap<OlderRows, { readonly items: Items; readonly all: Items }>()

const withOlder = (items: Items, older: OlderRows): Items => {
  const known = rowsWithOlder.get(older)
  if (known?.items === items) return known.all
  const all = [...items, ...older.items].toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  rowsWithOlder.set(older, { items, all })
  return all
}

/** What is counted apart is shown to those who ask for it. */
const withoutTopics = ({ topics: _topics, groupInboxes: _groupInboxes, ...counts }: Counts): Counts => counts

/** Tells messages from reminders by the rows, where the forum's counts do not; a row beyond the list counts as a reminder. */
const divided = (counts: Counts, items: AccountView['items']): Counts => {
  if (counts.undivided === undefined) return counts
  const unread = items?.filter(({ kind, read }) => kind === 'private_message' && !read).length ?? 0
  const messages = Math.min(counts.undivided, counts.notifications, unread)
  return { ...counts, notifications: counts.notifications - messages, messages }
}

const noneSnoozed: AccountView['snoozed'] = []

/** The rows that are shown as read before their forum says so; none of a marking that the counts know of already. */
const markedRows = ({ markings = [], cache }: Account) => {
  const pending = markings.filter(({ confirmed }) => confirmed === null || confirmed.checkedAt === cache.checkedAt)
  return {
    ids: new Set(pending.flatMap(({ notifications }) => [...notifications])),
    isWhole: pending.some(({ isWhole }) => isWhole),
  }
}

const readRow = memoize((item: NotificationItem): NotificationItem => ({ ...item, read: true }))

const asRead = (items: Items, ids: ReadonlySet<number>): Items =>
  ids.size === 0 ? items : items.map((item) => (item.read || !ids.has(item.id) ? item : readRow(item)))

interface HiddenRows {
  readonly ids: ReadonlySet<number>
  /** Whether what is counted beyond the rows is hidden as well. */
  readonly isRestHidden: boolean
}

/** The counts without the rows that the user has put off or just marked as read. */
const withoutHidden = (counts: Counts, rows: Items, { ids, isRestHidden }: HiddenRows): Counts => {
  if (ids.size === 0 && !isRestHidden) return counts
  const listed = countedAmong(rows, counts)
  const left = (counted: number, among: Items): number =>
    (isRestHidden ? among.length : counted) - among.filter(({ id }) => ids.has(id)).length
  const messages = left(counts.messages, listed.messages)
  const notifications = left(counts.notifications, listed.others)
  const fewer = counts.messages - messages + counts.notifications - notifications
  if (fewer === 0) return counts
  const { isCapped: _, ...rest } = counts
  return { ...(isRestHidden ? rest : counts), messages, notifications, total: counts.total - fewer }
}

export const attemptView = memoize(
  (attempt: Attempt): AttemptView => ({
    id: attempt.id,
    site: attempt.site,
    method: attempt.method,
    // A forum that gives a short code refuses it for this scope.
    methods: attempt.methods.filter((method) => method !== 'device' || !attempt.scopes.includes(oneTimeScope)),
    userCode: attempt.userCode,
    account: attempt.account,
    scopes: attempt.scopes,
    // Its token comes by redirect only.
    optionalScopes: attempt.methods.includes('redirect') ? [oneTimeScope] : [],
    accessDays: attempt.accessDays,
    canLimitAccess: attempt.canLimitAccess,
    createdAt: attempt.createdAt,
    expiresAt: attempt.expiresAt,
    state: attempt.state,
  }),
)
