import type { AccountView, Site } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'

/**
 * What to call an account's forum among all accounts: its title, with its host if another forum has a title that looks
 * the same. Several accounts on one forum are told apart by their user names.
 */
export const forumName = (t: Translate, { base, host, title }: Site, accounts: readonly WithSite[]): string => {
  const isShared = accounts.some(({ site }) => site.base !== base && comparable(site.title) === comparable(title))
  return isShared ? t('forum.withHost', { title, host }) : title
}

type WithSite = Pick<AccountView, 'site'>

/** Titles as people compare them: case, width and spaces do not distinguish forums. */
const comparable = (title: string): string => title.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
