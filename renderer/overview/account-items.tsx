import { useCallback } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { NotificationRow } from '../inbox/notification-row.tsx'
import { useServices } from '../services/services.ts'
import { useSend } from '../services/use-send.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './account-items.module.css'

interface AccountItemsProps {
  readonly id: string
  readonly account: AccountView
  /** Null when nothing is unread. */
  readonly onMarkAll: (() => void) | null
  readonly onOpen: (account: string) => void
  readonly onInbox: (account: string) => void
}

const most = 5

/** The newest notifications of one account, below its row. */
export const AccountItems = ({ id, account, onMarkAll, onOpen, onInbox }: AccountItemsProps) => {
  const { t } = useServices()
  const { send, isPending, failure, dismissFailure } = useSend()
  const { site, username } = account
  // Always the same function, or every row would be rendered again.
  const mark = useCallback(
    (of: string, notification: number) => send('notification.read', { account: of, notification }),
    [send],
  )
  const items = (account.items ?? []).slice(0, most)
  return (
    <div id={id} className={styles['items']}>
      {items.length === 0 ? (
        <p className={styles['none']}>{t('inbox.noneOfAccount')}</p>
      ) : (
        <ul aria-label={t('inbox.expand', { title: site.title, username })}>
          {items.map((item) => (
            <li key={item.id}>
              <NotificationRow
                account={account.id}
                site={site}
                icon={account.icon}
                item={item}
                who={null}
                isMarking={isPending('notification.read', { account: account.id, notification: item.id })}
                onOpen={onOpen}
                onMark={mark}
              />
            </li>
          ))}
        </ul>
      )}
      {failure !== null && (
        <div className={styles['failure']}>
          <FailureNote failure={failure}>
            <Button compact onClick={dismissFailure}>
              {t('notice.dismiss')}
            </Button>
          </FailureNote>
        </div>
      )}
      <div className={styles['actions']}>
        <Button
          compact
          look="quiet"
          label={t('inbox.openOf', { title: site.title, username })}
          onClick={() => onInbox(account.id)}
        >
          {t('inbox.open')}
        </Button>
        {onMarkAll !== null && (
          <Button
            compact
            look="quiet"
            label={t('inbox.markAllOf', { title: site.title, username })}
            onClick={onMarkAll}
          >
            {t('inbox.markAll')}
          </Button>
        )}
      </div>
    </div>
  )
}
