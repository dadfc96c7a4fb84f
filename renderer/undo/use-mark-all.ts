import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountNames } from '../../common/glance/account-names.ts'
import { troubleText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { useUndo } from './use-undo.ts'

/** What is marked on one account. */
export interface Marked {
  readonly account: AccountView
  /** Left out for everything that is new there. */
  readonly notifications?: readonly number[]
}

/** How long the way back is offered, in milliseconds; the engine waits a little longer before it asks the forums. */
const offeredFor = 8000

/**
 * Returns a function that marks all the given things as read at once, and offers the way back.
 * @param left accounts whose forum cannot be asked now, so that their rows stay unread, which is said
 */
export const useMarkAll = (
  send: Send,
): ((marked: readonly [Marked, ...Marked[]], left?: readonly AccountView[]) => void) => {
  const { t, host } = useServices()
  const { offer } = useUndo()
  return (marked, left = []) => {
    const [{ account: only }] = marked
    const count = marked.reduce((sum, one) => sum + (one.notifications?.length ?? newOn(one.account)), 0)
    const where =
      marked.length === 1
        ? (accountNames(t, host.getState().snapshot?.accounts ?? []).get(only.id) ?? only.site.title)
        : t('overview.forums', { count: marked.length })
    const trouble = troubleText(t, left)
    const parts = [t('undo.marked', { count }), where, ...(trouble === '' ? [] : [t('undo.stillUnread', { trouble })])]
    const accounts = marked.map(({ account, notifications }) => ({
      account: account.id,
      ...(notifications === undefined ? {} : { notifications: [...notifications] }),
    }))
    send('marking.begin', { accounts }, ({ marking }) =>
      offer({
        text: parts.join(t('units.dot')),
        offeredFor,
        undo: () => host.execute('marking.undo', { marking }),
        keep: () => void host.execute('marking.keep', { marking }),
        onEnd: () => void host.execute('marking.send', { marking }),
      }),
    )
  }
}

/** What the forum counts; where it counts nothing, rows that were seen in the forum's own menu may still be unread. */
const newOn = ({ counts, items }: AccountView): number =>
  (counts?.notifications ?? 0) + (counts?.messages ?? 0) || (items ?? []).filter(({ read }) => !read).length
