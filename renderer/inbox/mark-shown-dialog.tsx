import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { useServices } from '../services/services.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { InboxEntry } from './list-entries.ts'

interface MarkShownDialogProps {
  /** Unread ones; at least one. */
  readonly entries: readonly InboxEntry[]
  readonly onClose: () => void
}

/** Asks before what a filter has left becomes read. Where a forum refuses, it stays, with the reason. */
export const MarkShownDialog = ({ entries, onClose }: MarkShownDialogProps) => {
  const { t, host } = useServices()
  const [left, setLeft] = useState(entries)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)

  const mark = async () => {
    setBusy(true)
    setFailure(null)
    // One after the other, as the forum's budget has it; the first refusal ends it, for the others would fail as well.
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
