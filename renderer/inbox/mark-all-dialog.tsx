import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './inbox.module.css'

interface MarkAllDialogProps {
  /** At least one. */
  readonly accounts: readonly AccountView[]
  readonly onClose: () => void
}

/** Asks before everything in some accounts is marked as read. Stays open with the reason when a forum refuses. */
export const MarkAllDialog = ({ accounts, onClose }: MarkAllDialogProps) => {
  const { t, host } = useServices()
  const [left, setLeft] = useState(accounts)
  const [failures, setFailures] = useState<readonly { readonly id: string; readonly failure: Failure }[]>([])
  const [isBusy, setBusy] = useState(false)
  const [only] = left
  const isOne = left.length === 1 && only !== undefined

  const mark = async () => {
    setBusy(true)
    setFailures([])
    const marked = left.map(async ({ id }) => ({ id, result: await host.execute('account.readAll', { account: id }) }))
    const failed = (await Promise.all(marked)).flatMap(({ id, result }) =>
      result.ok ? [] : [{ id, failure: result.failure }],
    )
    if (failed.length === 0) return onClose()
    setLeft(left.filter(({ id }) => failed.some((one) => one.id === id)))
    setFailures(failed)
    setBusy(false)
  }

  return (
    <ConfirmDialog
      title={
        isOne
          ? t('inbox.markAllTitle', { title: only.site.title })
          : t('inbox.markAllTitleMany', { count: left.length })
      }
      keep={t(failures.length > 0 ? 'add.close' : 'inbox.keepUnread')}
      confirm={t(failures.length > 0 ? 'add.tryAgain' : 'inbox.markAll')}
      look="primary"
      isBusy={isBusy}
      onConfirm={() => void mark()}
      onClose={onClose}
    >
      <p>{isOne ? t('inbox.markAllBody', { username: only.username }) : t('inbox.markAllBodyMany')}</p>
      {!isOne && (
        <ul className={styles['asked']}>
          {left.map(({ id, site, username }) => (
            <li key={id}>{t('inbox.siteAndUser', { title: site.title, username })}</li>
          ))}
        </ul>
      )}
      {failures.map(({ id, failure }) => (
        <FailureNote key={id} failure={failure} />
      ))}
    </ConfirmDialog>
  )
}
