import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { type KindGroup, kindGroup } from '../../common/glance/kind-group.ts'
import { searchable, searchFor } from '../../common/glance/search-for.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { stateFolder } from '../../engine/storage/profile.ts'
import { openStateFiles } from '../../engine/storage/state-files.ts'
import { t } from '../output.ts'

/** A notification row of an account, as `list` prints it. */
export interface Listed {
  readonly account: AccountView
  readonly item: NotificationItem
}

export interface ListFilter {
  readonly isUnreadOnly: boolean
  /** Only those that are snoozed, or all others. */
  readonly isSnoozed: boolean
  readonly group: KindGroup | undefined
  /** Words that must all be found; empty for none. */
  readonly search: string
}

/** The notification rows that pass a filter, newest first. */
export const listNotifications = (
  accounts: readonly AccountView[],
  { isUnreadOnly, isSnoozed, group, search }: ListFilter,
): readonly Listed[] => {
  const isFound = searchFor(search)
  return listedOf(accounts)
    .filter((listed) => (snoozedUntil(listed) !== undefined) === isSnoozed)
    .filter(({ item }) => !(isUnreadOnly && item.read) && (group === undefined || kindGroup(item.kind) === group))
    .filter((listed) => isFound(() => textOf(listed)))
    .toSorted((a, b) => b.item.createdAt - a.item.createdAt || b.item.id - a.item.id)
}

const listedOf = (accounts: readonly AccountView[]): readonly Listed[] =>
  accounts.flatMap((account) => (account.items ?? []).map((item) => ({ account, item })))

/** When a snoozed notification comes back, in milliseconds since 1970. */
export const snoozedUntil = ({ account, item }: Listed): number | undefined =>
  account.snoozed.find(({ notification }) => notification === item.id)?.until

/** The text of a notification row that is searched: the same as in the inbox. */
const textOf = ({ account, item }: Listed): string =>
  searchable(
    [notificationText(t, item), item.excerpt, item.actor, account.site.title, account.username, account.site.host].join(
      '\n',
    ),
  )

/** A permanent id of a notification row; its number is valid for one list only. */
export const listedId = ({ account, item }: Listed): string => `${account.id}/${item.id}`

/** The state file with the meaning of the last list's numbers. */
const fileName = 'listed'
const rememberedSchema = v.pipe(v.array(v.string()), v.maxLength(10_000))

/** Saves what the numbers of a list mean, from 1. If that fails, those of the previous list stay. */
export const rememberNumbers = async (profile: string, listed: readonly Listed[]): Promise<void> => {
  const files = openStateFiles(stateFolder(profile))
  files.write(fileName, listed.map(listedId))
  await files.settled()
}

/** Makes the function that finds notification rows by their numbers in the last list, or by their ids. */
export const createFindListed = (profile: string, accounts: readonly AccountView[]) => {
  const numbers = v.safeParse(rememberedSchema, openStateFiles(stateFolder(profile)).read(fileName))
  const ids = numbers.success ? numbers.output : []
  const known = new Map(listedOf(accounts).map((one) => [listedId(one), one]))
  /** Failures: `number_unknown`; `notification_unknown` when the forum no longer lists it. */
  return (word: string): Result<Listed> => {
    const id = /^\d{1,5}$/.test(word) ? ids[Number(word) - 1] : word.includes('/') ? word : undefined
    if (id === undefined) return fail('number_unknown', { number: word })
    const found = known.get(id)
    return found === undefined ? fail('notification_unknown') : ok(found)
  }
}

/** The rows that several words name, or the failure of the first that names none. */
export const findAllListed = (
  profile: string,
  accounts: readonly AccountView[],
  words: readonly string[],
): Result<readonly Listed[]> => {
  const find = createFindListed(profile, accounts)
  const found: Listed[] = []
  for (const word of words) {
    const listed = find(word)
    if (!listed.ok) return listed
    found.push(listed.value)
  }
  return ok(found)
}
