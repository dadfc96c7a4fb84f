import type { AccountView } from '../contract/snapshot.ts'
import type { Translate } from '../i18n/i18n.ts'

/**
 * How accounts are named beside each other: by the forum's title, with its host where another forum has the same title, and
 * with the user where there are several accounts on one forum.
 * @returns names by the account's id
 */
export const accountNames = (t: Translate, accounts: readonly AccountView[]): ReadonlyMap<string, string> => {
  const perSite = new Map<string, number>()
  const hostsOf = new Map<string, Set<string>>()
  for (const { site } of accounts) {
    perSite.set(site.base, (perSite.get(site.base) ?? 0) + 1)
    hostsOf.set(site.title, (hostsOf.get(site.title) ?? new Set()).add(site.base))
  }
  return new Map(
    accounts.map(({ id, site: { base, host, title }, username }) => {
      const forum = (hostsOf.get(title)?.size ?? 0) > 1 ? t('inbox.titleAndHost', { title, host }) : title
      return [id, (perSite.get(base) ?? 0) > 1 ? t('inbox.siteAndUser', { title: forum, username }) : forum]
    }),
  )
}
