import type { FailureCode } from '../contract/failure.ts'
import type { AccountState, AccountView, Counts, Snapshot } from '../contract/snapshot.ts'
import { causeText, failureSentence, type Translate } from '../i18n/i18n.ts'
import { quietLine } from '../i18n/quiet-text.ts'
import { clockText } from '../i18n/time-text.ts'
import { accountPreferences } from '../preferences/preferences.ts'
import { accountNews, badge, totalNew } from './badge.ts'
import { digitOf, type TrayFace } from './tray-faces.ts'

// What can be read at a glance. Every icon, badge, title and menu derives from these pure functions over the snapshot,
// so that no surface can show a number another one does not.

/** How many forums the new things are on. */
const forumsWithNews = (snapshot: Snapshot): number =>
  new Set(snapshot.accounts.filter((account) => accountNews(snapshot, account) > 0).map((account) => account.site.base))
    .size + (snapshot.unlisted?.forums ?? 0)

/** The account can do nothing more by itself. */
export const needsUser = (account: AccountView): boolean =>
  account.state.kind === 'needsSignIn' || account.state.kind === 'locked'

/** Whether the account's numbers cannot be relied on. */
export const isInTrouble = ({ state }: AccountView): boolean => state.kind !== 'fresh' && state.kind !== 'new'

/** So many accounts with one kind of trouble are shown one by one; more are collapsed, or they would hide what is new. */
export const mostTroubles = 2

/** So many accounts with nothing new are shown one by one; more are collapsed. */
export const mostQuiet = 4

/** Something waits for the user before everything else: a sign-in, a locked keychain. */
const accountsNeedingUser = (snapshot: Snapshot): number => snapshot.accounts.filter(needsUser).length

/**
 * Which tray icon to show: what is wrong for good first; then a pause, which is easily forgotten, while quiet hours come
 * and go by themselves and leave the badge to be seen; then what is new.
 */
export const trayFace = (snapshot: Snapshot): TrayFace => {
  if (accountsNeedingUser(snapshot) > 0 || snapshot.vault.kind === 'unavailable') return 'attention'
  if (snapshot.quiet.reason === 'paused') return 'paused'
  const shown = badge(snapshot)
  switch (shown.kind) {
    case 'dot':
      return 'dot'
    case 'number':
      return digitOf(shown.count)
    case 'none':
      return isAllOffline(snapshot) ? 'offline' : 'idle'
  }
}

const isAllOffline = ({ accounts }: Snapshot): boolean =>
  accounts.length > 0 && accounts.every(({ state }) => shownState(state) === 'offline')

/** “7 new on 3 forums”, or “Nothing new”. */
export const statusLine = (t: Translate, snapshot: Snapshot): string => {
  if (snapshot.accounts.length === 0) return t('overview.empty')
  const count = totalNew(snapshot)
  return t('overview.new', { count, forums: t('overview.forums', { count: forumsWithNews(snapshot) }) })
}

/** What accounts may be, besides in order; muted is the user's choice, and no trouble. */
export const conditions = [
  'needsYou',
  'notReachable',
  'notCurrent',
  'rateLimited',
  'beingRevoked',
  'mutedAccounts',
] as const

export type Condition = (typeof conditions)[number]

/** How many accounts are in each condition that is there, the most pressing first: “1 needs you”, “2 not reachable”. */
export const conditionTexts = (
  t: Translate,
  snapshot: Snapshot,
): readonly { readonly condition: Condition; readonly text: string }[] =>
  conditions.flatMap((condition) => {
    const count = snapshot.accounts.filter((account) => conditionsOf(snapshot, account).includes(condition)).length
    return count === 0 ? [] : [{ condition, text: t(`home.${condition}`, { count }) }]
  })

/** What is wrong with some accounts, and with how many, as the header counts them: “1 needs you”, “2 not reachable”. */
export const troubleTexts = (t: Translate, accounts: readonly AccountView[]): readonly string[] =>
  conditions.flatMap((condition) => {
    const count = accounts.filter(({ state }) => conditionOfState(state) === condition).length
    return count === 0 ? [] : [t(`home.${condition}`, { count })]
  })

/** The same in one line. */
export const troubleText = (t: Translate, accounts: readonly AccountView[]): string =>
  troubleTexts(t, accounts).join(t('units.comma'))

const conditionsOf = ({ preferences }: Snapshot, account: AccountView): readonly (Condition | null)[] => [
  conditionOfState(account.state),
  accountPreferences(preferences, account.id).level === 'nothing' ? 'mutedAccounts' : null,
]

/** Whether the header counts an account as anything but in order. */
export const hasCondition = (snapshot: Snapshot, account: AccountView): boolean =>
  conditionsOf(snapshot, account).some((condition) => condition !== null)

const unanswered: ReadonlySet<FailureCode> = new Set(['connection_refused', 'connection_lost', 'timed_out'])

/**
 * What a state is called wherever it is shown or printed: where nothing answers it is `offline`, be it for this computer's
 * network or because the forum's server is down.
 */
export const shownState = (state: AccountState): AccountState['kind'] =>
  state.kind === 'stale' && unanswered.has(state.failure.code) ? 'offline' : state.kind

const conditionOfState = (state: AccountState): Condition | null => {
  switch (shownState(state)) {
    case 'needsSignIn':
    case 'locked':
      return 'needsYou'
    case 'offline':
      return 'notReachable'
    case 'stale':
    case 'maintenance':
      return 'notCurrent'
    case 'limited':
      return 'rateLimited'
    case 'revoking':
      return 'beingRevoked'
    case 'new':
    case 'fresh':
      return null
  }
}

/** The tray's tooltip: the status line, what is wrong in the words of the page's header, and that it is quiet. */
export const trayTooltip = (t: Translate, snapshot: Snapshot, now: number): string => {
  const trouble = troubleText(t, snapshot.accounts)
  const quiet = quietLine(t, snapshot, now)
  const lines = [t('tray.tooltip', { what: statusLine(t, snapshot) })]
  if (trouble !== '') lines.push(trouble)
  if (quiet !== null) lines.push(quiet)
  return lines.join('\n')
}

/**
 * The window's title: the badge in front, so that it can be read in a task bar.
 * @param view what the window shows, the nearest first; empty for what it begins with
 */
export const windowTitle = (t: Translate, snapshot: Snapshot, view: readonly string[] = []): string => {
  const shown = badge(snapshot)
  const name = [...view, t('app.name')].join(t('units.dot'))
  switch (shown.kind) {
    case 'none':
      return name
    case 'dot':
      return `• ${name}`
    case 'number':
      return `(${shown.count}) ${name}`
  }
}

/** One count in words; “99+ notifications” where the forum counts no further. */
export const countText = (
  t: Translate,
  counts: Counts,
  kind: 'notifications' | 'messages' | 'chat' | 'reviewables',
): string => {
  const isCapped = kind === 'notifications' && counts.isCapped === true
  return t(isCapped ? 'overview.notificationsCapped' : `overview.${kind}`, { count: counts[kind] })
}

/** The counts in words, the zero ones left out: “3 notifications, 1 personal message”. */
export const countsText = (t: Translate, counts: Counts): string => {
  const parts = [
    counts.notifications > 0 ? countText(t, counts, 'notifications') : '',
    counts.messages > 0 ? countText(t, counts, 'messages') : '',
    counts.chat > 0 ? countText(t, counts, 'chat') : '',
    counts.reviewables > 0 ? countText(t, counts, 'reviewables') : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('overview.nothingNew') : parts.join(t('units.comma'))
}

/**
 * What is counted apart, in words: new and unread topics, and the inboxes of groups, zero ones left out. Empty where there
 * is none of it, or the user does not want it shown.
 */
export const topicsText = (t: Translate, { topics, groupInboxes = [] }: Counts): string =>
  [
    topics !== undefined && topics.new > 0 ? t('overview.newTopics', { count: topics.new }) : '',
    topics !== undefined && topics.unread > 0 ? t('overview.unreadTopics', { count: topics.unread }) : '',
    ...groupInboxes.map(({ name, count }) =>
      count > 0 ? t('notification.groupMessageSummary', { count, place: name }) : '',
    ),
  ]
    .filter((part) => part !== '')
    .join(t('units.comma'))

/** The counts in words, and behind them what is counted apart: “3 notifications · 4 new topics”. */
export const allCountsText = (t: Translate, counts: Counts): string => {
  const topics = topicsText(t, counts)
  if (topics === '') return countsText(t, counts)
  return counts.total === 0 ? topics : `${countsText(t, counts)}${t('units.dot')}${topics}`
}

/** One line about an account: its trouble when it has one, otherwise its counts. */
export const accountLine = (t: Translate, account: AccountView, now: number): string => {
  const { state } = account
  switch (state.kind) {
    case 'stale':
    case 'offline':
    case 'maintenance':
      // What was doubted is tried again at a time of its own, which its words tell.
      return state.failure.code === 'access_doubted' ? causeText(t, state.failure) : retryText(t, state, now)
    case 'needsSignIn':
      return causeText(t, state.failure)
    case 'limited':
      return t('state.limited', { time: clockText(t, state.until, now) })
    case 'locked':
      return t('state.locked')
    case 'revoking':
      if (state.failure === null) return t('state.revoking')
      // Only the user can finish this one.
      if (state.failure.code === 'revoke_without_key') return failureSentence(t, state.failure)
      return t('state.revokingLater', { reason: causeText(t, state.failure) })
    case 'new':
    case 'fresh':
      return account.counts === null ? t('state.new') : countsText(t, account.counts)
  }
}

type Retried = AccountState & { readonly kind: 'stale' | 'offline' | 'maintenance' }

const retryText = (t: Translate, state: Retried, now: number): string => {
  const cause = causeText(t, state.failure)
  const { retryAt } = state
  // A time that has passed says nothing: the machine may have slept.
  if (retryAt === undefined || retryAt <= now) return t('state.retrying', { cause })
  return t('state.retryingAt', { cause, time: clockText(t, retryAt, now) })
}
