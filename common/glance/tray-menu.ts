import { type PauseChoice, pauseChoices } from '../contract/pause-choice.ts'
import type { AccountView, Snapshot } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'
import { pauseText, quietLine } from '../i18n/quiet-text.ts'
import { accountNames } from './account-names.ts'
import { accountLine, allCountsText, isInTrouble, mostQuiet, mostTroubles, needsUser, troubleText } from './glance.ts'
import { truncateEnd, truncateMiddle } from './truncate.ts'

/** What an entry without further data does. */
export type TrayAction = 'open' | 'add' | 'refresh' | 'resume' | 'markRead' | 'settings' | 'quit'

/** One entry of the tray menu, as data; a shell turns it into its own kind of menu. */
export type TrayMenuItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'account'; readonly label: string; readonly account: string; readonly url: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction; readonly isOff?: boolean }
  | { readonly kind: 'pause'; readonly label: string; readonly choice: PauseChoice }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayMenuItem[] }

/** The tray menu: every action is in it, because on many Linux desktops a click on the icon never arrives. */
export const trayMenu = (t: Translate, snapshot: Snapshot, now: number): readonly TrayMenuItem[] => [
  { kind: 'action', label: t('tray.open'), action: 'open' },
  separator,
  ...(snapshot.accounts.length > 0 ? forumItems(t, snapshot.accounts, now) : [noForums(t)]),
  separator,
  ...quietItems(t, snapshot, now),
  separator,
  { kind: 'action', label: t('tray.add'), action: 'add' },
  { kind: 'action', label: t('tray.refresh'), action: 'refresh' },
  // Never left out: an entry that comes or goes moves those below it, maybe under a pointer.
  { kind: 'action', label: t('tray.markRead'), action: 'markRead', isOff: accountsToMark(snapshot).length === 0 },
  { kind: 'action', label: t('tray.settings'), action: 'settings' },
  { kind: 'action', label: t('tray.quit'), action: 'quit' },
]

const separator: TrayMenuItem = { kind: 'separator' }
const noForums = (t: Translate): TrayMenuItem => ({ kind: 'label', label: t('tray.noAccounts') })

/**
 * The accounts as on the home: those in trouble, then those with news, then the quiet ones; in each part in the user's
 * order. An account in trouble is also among the news while it has any.
 */
const forumItems = (t: Translate, accounts: readonly AccountView[], now: number): readonly TrayMenuItem[] => {
  const names = accountNames(t, accounts)
  const isRetried = (account: AccountView): boolean => isInTrouble(account) && !needsUser(account)
  const inTrouble = (isOfKind: (account: AccountView) => boolean, text: (count: number) => string) => {
    const found = accounts.filter(isOfKind)
    const items = found.map((account): TrayMenuItem => {
      const label = accountLabel(t, names, account, accountLine(t, account, now))
      // The window has what helps.
      return needsUser(account) ? { kind: 'action', label, action: 'open' } : forumItem(account, label)
    })
    return fold(items, mostTroubles, text(found.length))
  }
  const trouble = [
    ...inTrouble(
      ({ state }) => state.kind === 'needsSignIn',
      (count) => t('home.needSignIn', { count }),
    ),
    ...inTrouble(
      ({ state }) => state.kind === 'locked',
      (count) => t('home.waitForKeychain', { count }),
    ),
    ...inTrouble(isRetried, () => troubleText(t, accounts.filter(isRetried))),
  ]
  const counted = (account: AccountView): TrayMenuItem => {
    const { counts } = account
    const what = counts === null ? accountLine(t, account, now) : allCountsText(t, counts)
    return forumItem(account, accountLabel(t, names, account, what))
  }
  const quiet = accounts.filter((account) => !isInTrouble(account) && !hasNews(account))
  const others = [
    ...accounts.filter(hasNews).map(counted),
    ...fold(quiet.map(counted), mostQuiet, t('home.quiet', { count: quiet.length })),
  ]
  return trouble.length > 0 && others.length > 0 ? [...trouble, separator, ...others] : [...trouble, ...others]
}

const hasNews = ({ counts }: AccountView): boolean => (counts?.total ?? 0) > 0

const forumItem = ({ id, links }: AccountView, label: string): TrayMenuItem => ({
  ...{ kind: 'account', label, account: id, url: links.notifications },
})

/** Entries one by one, or in a menu of their own when they are more than `most`. */
const fold = (items: readonly TrayMenuItem[], most: number, label: string): readonly TrayMenuItem[] =>
  items.length > most ? [{ kind: 'submenu', label, items }] : items

/** In characters. Menus do not wrap, and a failure's sentence can be long. */
const longestLabel = 100
const [shortestName, longestName] = [20, 40]

/** A name and what is said about it; the name gives way first, in its middle. */
const accountLabel = (
  t: Translate,
  names: ReadonlyMap<string, string>,
  { id, site }: AccountView,
  what: string,
): string => {
  const room = longestLabel - what.length - ': '.length
  const most = Math.min(longestName, Math.max(shortestName, room))
  const name = truncateMiddle(names.get(id) ?? site.title, most)
  return truncateEnd(t('tray.account', { name, what }), longestLabel)
}

/** The accounts with something that could be marked as read. */
export const accountsToMark = (snapshot: Snapshot): readonly AccountView[] =>
  snapshot.accounts.filter(
    ({ state, counts }) =>
      state.kind !== 'needsSignIn' &&
      state.kind !== 'revoking' &&
      (counts?.notifications ?? 0) + (counts?.messages ?? 0) > 0,
  )

const quietItems = (t: Translate, snapshot: Snapshot, now: number): readonly TrayMenuItem[] => {
  const line = quietLine(t, snapshot, now)
  const label: readonly TrayMenuItem[] = line === null ? [] : [{ kind: 'label', label: line }]
  if (snapshot.quiet.reason === 'paused') {
    return [...label, { kind: 'action', label: t('quiet.resume'), action: 'resume' }]
  }
  const items = pauseChoices.map((choice) => ({ kind: 'pause' as const, label: pauseText(t, choice), choice }))
  return [...label, { kind: 'submenu', label: t('quiet.pause'), items }]
}
