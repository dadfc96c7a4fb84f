import { failureSentence, type Translate } from './i18n.ts'
import type { AccountView, Counts, Snapshot } from './snapshot.ts'
import { clockText } from './time-text.ts'

// What can be read at a glance. Every icon, badge, title and menu derives from these pure functions over the snapshot,
// so that no surface can show a number another one does not.

/** What the tray icon says. */
export type TrayFace = 'idle' | 'new' | 'attention' | 'offline'

/** The number on the badge: everything new on all accounts whose numbers we have. */
export const totalNew = (snapshot: Snapshot): number =>
  snapshot.accounts.reduce((sum, account) => sum + (account.counts?.total ?? 0), 0)

/** How many forums the new things are on. */
const forumsWithNews = (snapshot: Snapshot): number =>
  new Set(snapshot.accounts.filter(hasNews).map((account) => account.site.base)).size

const hasNews = (account: AccountView): boolean => (account.counts?.total ?? 0) > 0

/** The account can do nothing more by itself. */
export const needsUser = (account: AccountView): boolean =>
  account.state.kind === 'needsSignIn' || account.state.kind === 'locked'

/** Something waits for the user before everything else: a sign-in, a locked keychain. */
const accountsNeedingUser = (snapshot: Snapshot): number => snapshot.accounts.filter(needsUser).length

/** Which tray icon to show: what is wrong for good first, then what is new. */
export const trayFace = (snapshot: Snapshot): TrayFace => {
  if (accountsNeedingUser(snapshot) > 0 || snapshot.vault.kind === 'unavailable') return 'attention'
  if (totalNew(snapshot) > 0) return 'new'
  const { accounts } = snapshot
  if (accounts.length > 0 && accounts.every((account) => account.state.kind === 'offline')) return 'offline'
  return 'idle'
}

/** “7 new on 3 forums”, or “Nothing new”. */
export const statusLine = (t: Translate, snapshot: Snapshot): string => {
  if (snapshot.accounts.length === 0) return t('overview.empty')
  const count = totalNew(snapshot)
  return t('overview.new', { count, forums: t('overview.forums', { count: forumsWithNews(snapshot) }) })
}

/** The tray's tooltip: the status line, and what waits for the user. */
export const trayTooltip = (t: Translate, snapshot: Snapshot): string => {
  const waiting = accountsNeedingUser(snapshot)
  const lines = [t('tray.tooltip', { what: statusLine(t, snapshot) })]
  if (waiting > 0) lines.push(t('tray.needAttention', { count: waiting }))
  return lines.join('\n')
}

/** The window's title: the number in front, so that it can be read in a task bar. */
export const windowTitle = (t: Translate, snapshot: Snapshot): string => {
  const count = totalNew(snapshot)
  return count > 0 ? `(${count}) ${t('app.name')}` : t('app.name')
}

/** The counts in words, the zero ones left out: “3 notifications, 1 personal message”. */
export const countsText = (t: Translate, counts: Counts): string => {
  const parts = [
    counts.notifications > 0 ? t('overview.notifications', { count: counts.notifications }) : '',
    counts.messages > 0 ? t('overview.messages', { count: counts.messages }) : '',
    counts.chat > 0 ? t('overview.chat', { count: counts.chat }) : '',
    counts.reviewables > 0 ? t('overview.reviewables', { count: counts.reviewables }) : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('overview.nothingNew') : parts.join(', ')
}

/** One line about an account: its trouble when it has one, otherwise its counts. */
export const accountLine = (t: Translate, account: AccountView, now: number): string => {
  const { state } = account
  switch (state.kind) {
    case 'stale':
    case 'offline':
    case 'maintenance':
    case 'needsSignIn':
      return failureSentence(t, state.failure)
    case 'limited':
      return t('state.limited', { time: clockText(state.until, now) })
    case 'locked':
      return t('state.locked')
    case 'revoking':
      return state.failure === null
        ? t('state.revoking')
        : t('state.revokingLater', { reason: failureSentence(t, state.failure) })
    case 'new':
    case 'fresh':
      return account.counts === null ? t('state.new') : countsText(t, account.counts)
  }
}

/** One entry of the tray menu, as data; a shell turns it into its own kind of menu. */
export type TrayMenuItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'account'; readonly label: string; readonly account: string; readonly url: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: 'open' | 'add' | 'refresh' | 'quit' }

/** The tray menu: every action is in it, because on many Linux desktops a click on the icon never arrives. */
export const trayMenu = (t: Translate, snapshot: Snapshot, now: number): readonly TrayMenuItem[] => {
  const accounts: TrayMenuItem[] = snapshot.accounts.map((account) => ({
    kind: 'account',
    label: t('tray.account', {
      title: account.site.title,
      username: account.username,
      what: accountLine(t, account, now),
    }),
    account: account.id,
    url: account.links.notifications,
  }))
  return [
    { kind: 'action', label: t('tray.open'), action: 'open' },
    { kind: 'separator' },
    ...(accounts.length > 0 ? accounts : [{ kind: 'label' as const, label: t('tray.noAccounts') }]),
    { kind: 'separator' },
    { kind: 'action', label: t('tray.add'), action: 'add' },
    { kind: 'action', label: t('tray.refresh'), action: 'refresh' },
    { kind: 'action', label: t('tray.quit'), action: 'quit' },
  ]
}
