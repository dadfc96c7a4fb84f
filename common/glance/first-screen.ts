import type { AccountView, Snapshot } from '../contract/snapshot.ts'
import { accountNews, uncountedNews } from './badge.ts'
import { comparableTitle } from './forum-name.ts'
import { hasCondition } from './glance.ts'

/**
 * A snapshot with only what the home's first screen shows: all accounts in trouble or muted, the first `forums` that have
 * news, and those that share a forum or a title with them, by which names are told apart; of each the unread rows, and
 * the newest, whose age a quiet forum shows. `unlisted` has what the numbers of that screen need of the others. With
 * hundreds of accounts that is a small part of the whole, and soon on the screen.
 * Accounts that have no other rows stay the same objects.
 * @param forums how many forums with news; where there are fewer, quiet ones follow them, and all accounts are listed
 */
export const firstScreen = (snapshot: Snapshot, forums: number): Snapshot => {
  const { accounts } = snapshot
  const first = new Set(accounts.filter(hasNews).slice(0, forums))
  if (first.size < forums) return { ...snapshot, accounts: accounts.map(withNews) }
  const shown = accounts.filter((account) => first.has(account) || hasCondition(snapshot, account))
  const names = new Set(shown.flatMap(namesOf))
  const listed = new Set(accounts.filter((account) => namesOf(account).some((name) => names.has(name))))
  const others = accounts.filter((account) => !listed.has(account))
  if (others.length === 0) return { ...snapshot, accounts: accounts.map(withNews) }
  const counted = others.filter((account) => accountNews(snapshot, account) > 0)
  return {
    ...snapshot,
    accounts: [...listed].map(withNews),
    unlisted: {
      news: counted.reduce((sum, account) => sum + accountNews(snapshot, account), 0),
      forums: new Set(counted.map(({ site }) => site.base)).size,
      uncounted: others.reduce((sum, account) => sum + uncountedNews(snapshot, account), 0),
      quiet: others.filter((account) => !hasNews(account)).length,
    },
  }
}

const hasNews = ({ counts }: AccountView): boolean => (counts?.total ?? 0) > 0

/** What an account's name is made of, or has to differ from. */
const namesOf = ({ site }: AccountView): readonly string[] => [
  `base ${site.base}`,
  `title ${comparableTitle(site.title)}`,
]

const withNews = (account: AccountView): AccountView => {
  const items = account.items?.filter(({ read }, index) => !read || index === 0)
  return items === undefined || items.length === account.items?.length ? account : { ...account, items }
}
