import { type PauseChoice, pauseChoices } from '../contract/pause-choice.ts'
import type { AccountView, Snapshot } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'
import { pauseText, quietLine } from '../i18n/quiet-text.ts'
import { forumNames } from './forum-name.ts'
import { accountLine, allCountsText } from './glance.ts'

/** What an entry without further data does. */
export type TrayAction = 'open' | 'add' | 'refresh' | 'resume' | 'markRead' | 'settings' | 'quit'

/** One entry of the tray menu, as data; a shell turns it into its own kind of menu. */
export type TrayMenuItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'account'; readonly label: string; readonly account: string; readonly url: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction }
  | { readonly kind: 'pause'; readonly label: string; readonly choice: PauseChoice }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayMenuItem[] }

/** The tray menu: every action is in it, because on many Linux desktops a click on the icon never arrives. */
export const trayMenu = (t: Translate, snapshot: Snapshot, now: number): readonly TrayMenuItem[] => {
  const nameOf = forumNames(t, snapshot.accounts)
  const accounts: TrayMenuItem[] = snapshot.accounts.map((account) => ({
    kind: 'account',
    label: t('tray.account', {
      title: nameOf(account.site),
      username: account.username,
      what: whatIsNew(t, account, now),
    }),
    account: account.id,
    url: account.links.notifications,
  }))
  return [
    { kind: 'action', label: t('tray.open'), action: 'open' },
    { kind: 'separator' },
    ...(accounts.length > 0 ? accounts : [{ kind: 'label' as const, label: t('tray.noAccounts') }]),
    { kind: 'separator' },
    ...quietItems(t, snapshot, now),
    { kind: 'separator' },
    { kind: 'action', label: t('tray.add'), action: 'add' },
    { kind: 'action', label: t('tray.refresh'), action: 'refresh' },
    ...(hasUnread(snapshot)
      ? [{ kind: 'action' as const, label: t('tray.markRead'), action: 'markRead' as const }]
      : []),
    { kind: 'action', label: t('tray.settings'), action: 'settings' },
    { kind: 'action', label: t('tray.quit'), action: 'quit' },
  ]
}

/** Its trouble when it has one, otherwise its counts and what is counted apart. */
const whatIsNew = (t: Translate, account: AccountView, now: number): string => {
  const { state, counts } = account
  const isInOrder = state.kind === 'fresh' || state.kind === 'new'
  return isInOrder && counts !== null ? allCountsText(t, counts) : accountLine(t, account, now)
}

/** The accounts with something that could be marked as read. */
export const accountsToMark = (snapshot: Snapshot): readonly AccountView[] =>
  snapshot.accounts.filter(
    ({ state, counts }) =>
      state.kind !== 'needsSignIn' &&
      state.kind !== 'revoking' &&
      (counts?.notifications ?? 0) + (counts?.messages ?? 0) > 0,
  )

const hasUnread = (snapshot: Snapshot): boolean => accountsToMark(snapshot).length > 0

const quietItems = (t: Translate, snapshot: Snapshot, now: number): readonly TrayMenuItem[] => {
  const line = quietLine(t, snapshot, now)
  const label: readonly TrayMenuItem[] = line === null ? [] : [{ kind: 'label', label: line }]
  if (snapshot.quiet.reason === 'paused') {
    return [...label, { kind: 'action', label: t('quiet.resume'), action: 'resume' }]
  }
  const items = pauseChoices.map((choice) => ({ kind: 'pause' as const, label: pauseText(t, choice), choice }))
  return [...label, { kind: 'submenu', label: t('quiet.pause'), items }]
}
