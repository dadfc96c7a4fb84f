import type { AccountView, Snapshot } from '../contract/snapshot.ts'
import { accountPreferences } from '../preferences/preferences.ts'

// What counts, and how it is shown, by the user's choice. Every surface with a number uses this.

/** What is new on an account: the counts that the user has chosen to count, none before the first answer. */
export const accountNews = ({ preferences }: Pick<Snapshot, 'preferences'>, { id, counts }: AccountView): number =>
  counts === null || !accountPreferences(preferences, id).inBadge
    ? 0
    : preferences.badge.counts.reduce((sum, kind) => sum + counts[kind], 0)

/** Everything new on all accounts that count. */
export const totalNew = (snapshot: Snapshot): number =>
  snapshot.accounts.reduce((sum, account) => sum + accountNews(snapshot, account), snapshot.unlisted?.news ?? 0)

/** What is new on an account, but left out of every number by the user's choice: of account or of kinds. */
export const uncountedNews = (snapshot: Pick<Snapshot, 'preferences'>, account: AccountView): number =>
  Math.max(0, (account.counts?.total ?? 0) - accountNews(snapshot, account))

/** What is new on all accounts, but left out of the badge. */
export const totalUncounted = (snapshot: Snapshot): number =>
  snapshot.accounts.reduce((sum, one) => sum + uncountedNews(snapshot, one), snapshot.unlisted?.uncounted ?? 0)

/** The number or sign on an icon. */
export type Badge =
  | { readonly kind: 'none' }
  | { readonly kind: 'dot' }
  | { readonly kind: 'number'; readonly count: number }

/** The badge of tray, dock, task bar and title. */
export const badge = (snapshot: Snapshot): Badge => {
  const { style } = snapshot.preferences.badge
  const count = totalNew(snapshot)
  if (style === 'none' || count === 0) return { kind: 'none' }
  return style === 'dot' ? { kind: 'dot' } : { kind: 'number', count }
}
