import type { AccountView } from '../../common/contract/snapshot.ts'
import { forumName } from '../../common/glance/forum-name.ts'
import { accountsToMark } from '../../common/glance/tray-menu.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Dialogs } from './dialogs.ts'

export interface MarkAllReadOptions {
  readonly engine: Pick<Engine, 'execute' | 'snapshot'>
  readonly ask: Dialogs['ask']
  /** Shows the user what no window shows. */
  readonly notify: (text: string) => void
  readonly t: Translate
}

/**
 * Returns a function that marks everything as read on every forum with something new, after asking for confirmation: the
 * tray has no place for the way back that the window offers. While the question is open, calling it again does nothing.
 */
export const createMarkAllRead = ({ engine, ask, notify, t }: MarkAllReadOptions): (() => Promise<void>) => {
  let isAsking = false

  const confirm = async (accounts: readonly AccountView[], first: AccountView): Promise<boolean> => {
    const isOne = accounts.length === 1
    isAsking = true
    try {
      return await ask({
        message: isOne
          ? t('inbox.markAllTitle', { title: forumName(t, first.site, engine.snapshot().accounts) })
          : t('inbox.markAllTitleMany', { count: accounts.length }),
        detail: isOne ? t('inbox.markAllBody', { username: first.username }) : t('inbox.markAllBodyMany'),
        buttons: [t('inbox.markAll'), t('inbox.keepUnread')],
      })
    } finally {
      isAsking = false
    }
  }

  return async () => {
    const accounts = accountsToMark(engine.snapshot())
    const [first] = accounts
    if (isAsking || first === undefined || !(await confirm(accounts, first))) return
    const marked = await Promise.all(accounts.map(({ id }) => engine.execute('account.readAll', { account: id })))
    // Cancelled calls only mean that the program is ending.
    const failures = marked.flatMap((result) =>
      result.ok || result.failure.code === 'cancelled' ? [] : [result.failure],
    )
    for (const failure of failures) notify(failureSentence(t, failure))
  }
}
