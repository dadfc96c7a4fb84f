import { useMemo, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountNames } from '../../common/glance/account-names.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { useServices } from './services.ts'

/**
 * The names of accounts in a list, by the account's id. The same map while all forums and users are the same, so that
 * what is made with names need not be made again with every update.
 */
export const useAccountNames = (accounts: readonly AccountView[]): ReadonlyMap<string, string> => {
  const { t } = useServices()
  const [namesOf] = useState(createAccountNames)
  return useMemo(() => namesOf(t, accounts), [namesOf, t, accounts])
}

const createAccountNames = (): typeof accountNames => {
  let last: { readonly t: Translate; readonly accounts: readonly AccountView[] } | null = null
  let names: ReadonlyMap<string, string> = new Map()
  return (t, accounts) => {
    const isSame =
      last?.t === t &&
      last.accounts.length === accounts.length &&
      last.accounts.every((before, index) => isSameName(before, accounts[index]))
    last = { t, accounts }
    if (!isSame) names = accountNames(t, accounts)
    return names
  }
}

const isSameName = (before: AccountView, after: AccountView | undefined): boolean =>
  before === after || (before.id === after?.id && before.site === after.site && before.username === after.username)
