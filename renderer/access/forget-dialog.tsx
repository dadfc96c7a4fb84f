import type { AccountView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'

interface ForgetDialogProps {
  readonly account: AccountView
  readonly onClose: () => void
}

/** Asks before an account is removed here although its forum has not confirmed the revocation. */
export const ForgetDialog = ({ account, onClose }: ForgetDialogProps) => {
  const { t, host } = useServices()
  const forgetting = useTask()
  const { title } = account.site

  const forget = async () => {
    const result = await forgetting.run(host.execute('account.forget', { account: account.id }))
    if (result.ok) onClose()
  }

  return (
    <ConfirmDialog
      title={t('access.forgetTitle', { title })}
      keep={t('add.cancel')}
      confirm={t('access.forget')}
      look="danger"
      isBusy={forgetting.state.kind === 'busy'}
      onConfirm={() => void forget()}
      onClose={onClose}
    >
      <p>{t('access.forgetBody', { title })}</p>
      {forgetting.state.kind === 'failed' && <FailureNote failure={forgetting.state.failure} />}
    </ConfirmDialog>
  )
}
