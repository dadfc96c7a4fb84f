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

/** Makes the function that marks everything as read, on every forum with something new, after a question as in the inbox. */
export const createMarkAllRead =
  ({ engine, ask, notify, t }: MarkAllReadOptions) =>
  async (): Promise<void> => {
    const accounts = accountsToMark(engine.snapshot())
    const [first] = accounts
    if (first === undefined) return
    const isOne = accounts.length === 1
    const isSure = await ask({
      message: isOne
        ? t('inbox.markAllTitle', { title: forumName(t, first.site, engine.snapshot().accounts) })
        : t('inbox.markAllTitleMany', { count: accounts.length }),
      detail: isOne ? t('inbox.markAllBody', { username: first.username }) : t('inbox.markAllBodyMany'),
      buttons: [t('inbox.markAll'), t('inbox.keepUnread')],
    })
    if (!isSure) return
    const marked = await Promise.all(accounts.map(({ id }) => engine.execute('account.readAll', { account: id })))
    for (const result of marked) if (!result.ok) notify(failureSentence(t, result.failure))
  }
