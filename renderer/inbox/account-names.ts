import type { AccountView } from '../../common/contract/snapshot.ts'
import type { Translate } from '../../common/i18n/i18n.ts'

/** How accounts are named beside each other: by the forum, and by the user too where there are several on one. */
export const accountNames = (t: Translate, accounts: readonly AccountView[]): ReadonlyMap<string, string> => {
  const perSite = new Map<string, number>()
  for (const { site } of accounts) perSite.set(site.base, (perSite.get(site.base) ?? 0) + 1)
  return new Map(
    accounts.map(({ id, site: { base, title }, username }) => [
      id,
      (perSite.get(base) ?? 0) > 1 ? t('inbox.siteAndUser', { title, username }) : title,
    ]),
  )
}
