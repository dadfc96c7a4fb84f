import type { AccountView } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'
import { forumNames } from './forum-name.ts'

/**
 * The names of accounts in a list: the forum's title, with its host if another forum has the same title, and with the
 * user name if there are several accounts on one forum.
 * @returns names by the account's id
 */
export const accountNames = (t: Translate, accounts: readonly AccountView[]): ReadonlyMap<string, string> => {
  const perSite = new Map<string, number>()
  for (const { site } of accounts) perSite.set(site.base, (perSite.get(site.base) ?? 0) + 1)
  const nameOf = forumNames(t, accounts)
  return new Map(
    accounts.map(({ id, site, username }) => {
      const forum = nameOf(site)
      return [id, (perSite.get(site.base) ?? 0) > 1 ? t('inbox.siteAndUser', { title: forum, username }) : forum]
    }),
  )
}
