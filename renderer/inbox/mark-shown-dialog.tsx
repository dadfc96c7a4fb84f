import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { useServices } from '../services/services.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { InboxEntry } from './list-entries.ts'

interface MarkShownDialogProps {
  /** The unread entries; at least one. */
  readonly entries: readonly InboxEntry[]
  readonly onClose: () => void
}

/** Asks before the entries that a filter leaves are marked as read. Stays open with the reason when a forum refuses. */
export const MarkShownDialog = ({ entries, onClose }: MarkShownDialogProps) => {
  const { t, host } = useServices()
  const [left, setLeft] = useState(entries)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)

  const mark = async () => {
    setBusy(true)
    setFailure(null)
    // One after the other, within the account's budget; the first failure ends it, since the others would fail as well.
    for (const [index, { account, item }] of left.entries()) {
      const marked = await host.execute('notification.read', { account: account.id, notification: item.id })
      if (marked.ok) continue
      setLeft(left.slice(index))
      setFailure(marked.failure)
      setBusy(false)
      return
    }
    onClose()
  }

  return (
    <ConfirmDialog
      title={t('inbox.markShownTitle', { count: left.length })}
      keep={t(failure === null ? 'inbox.keepUnread' : 'add.close')}
      confirm={t(failure === null ? 'inbox.markAll' : 'add.tryAgain')}
      look="primary"
      isBusy={isBusy}
      onConfirm={() => void mark()}
      onClose={onClose}
    >
      <p>{t('inbox.markShownBody')}</p>
      {failure !== null && <FailureNote failure={failure} />}
    </ConfirmDialog>
  )
}
