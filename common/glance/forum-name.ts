import type { AccountView, Site } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'

/**
 * What to call an account's forum among all accounts: its title, with its host if another forum has a title that looks
 * the same. Several accounts on one forum are told apart by their user names.
 */
export const forumName = (t: Translate, site: Site, accounts: readonly WithSite[]): string =>
  forumNames(t, accounts)(site)

/** `forumName` for many forums of the same accounts: every title is read once, however many there are. */
export const forumNames = (t: Translate, accounts: readonly WithSite[]): ((site: Site) => string) => {
  const basesOf = new Map<string, Set<string>>()
  for (const { site } of accounts) {
    const title = comparableTitle(site.title)
    basesOf.set(title, (basesOf.get(title) ?? new Set()).add(site.base))
  }
  return ({ base, host, title }) => {
    const bases = basesOf.get(comparableTitle(title))
    const isShared = bases !== undefined && bases.size > (bases.has(base) ? 1 : 0)
    return isShared ? t('forum.withHost', { title, host }) : title
  }
}

type WithSite = Pick<AccountView, 'site'>

/** Titles as people compare them: case, width and spaces do not distinguish forums. */
export const comparableTitle = (title: string): string =>
  title.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
