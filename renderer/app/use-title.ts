import { useEffect } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { accountNames } from '../../common/glance/account-names.ts'
import { windowTitle } from '../../common/glance/glance.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import type { View } from './view.ts'

/** Titles the page after what it shows, so that tabs, the browser's history and bookmarks can be told apart. */
export const useTitle = (snapshot: Snapshot, view: View): void => {
  const { t } = useServices()
  const title = windowTitle(t, snapshot, viewName(t, snapshot, view))
  const name = t('app.name')
  useEffect(() => {
    document.title = title
    return () => {
      document.title = name
    }
  }, [title, name])
}

const viewName = (t: Translate, { accounts }: Snapshot, view: View): readonly string[] => {
  const nameOf = (account: string | null): string | undefined =>
    account === null ? undefined : accountNames(t, accounts).get(account)
  switch (view.kind) {
    case 'overview':
      return []
    case 'inbox': {
      const { account, search } = view.filter
      const words = search.trim()
      return [...(words === '' ? [] : [words]), nameOf(account) ?? t('inbox.title')]
    }
    case 'account': {
      const name = nameOf(view.account)
      return [...(name === undefined ? [] : [name]), t('settings.title')]
    }
    default:
      return [t(`${view.kind}.title`)]
  }
}
