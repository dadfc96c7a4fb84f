import type { AccountView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './access.module.css'

interface RevokeDialogProps {
  readonly account: AccountView
  readonly onRevoked: (account: AccountView) => void
  readonly onClose: () => void
}

/**
 * Asks before the access is revoked; says whose it is and what happens then. Stays open when that fails, with the
 * reason, and whether the forum is asked again.
 */
export const RevokeDialog = ({ account, onRevoked, onClose }: RevokeDialogProps) => {
  const { t, host } = useServices()
  const revoking = useTask()
  const { title } = account.site
  const isBusy = revoking.state.kind === 'busy'
  const failure = revoking.state.kind === 'failed' ? revoking.state.failure : null
  // Without the key, and where the notifier was not reached, nothing is retried automatically.
  const isRetried = account.state.kind === 'revoking' && failure?.code !== 'revoke_without_key'

  const revoke = async () => {
    const result = await revoking.run(host.execute('account.revoke', { account: account.id }))
    if (!result.ok) return
    onRevoked(account)
    onClose()
  }

  return (
    <ConfirmDialog
      title={t('access.confirmTitle', { title })}
      keep={t(failure === null ? 'access.keep' : 'add.close')}
      confirm={t('access.confirm')}
      look="danger"
      isBusy={isBusy}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>{t('access.confirmBody', { title, username: account.username })}</p>
      {isBusy && (
        <p role="status" className={styles['revoking']}>
          {t('access.revoking', { title })}
        </p>
      )}
      {failure !== null && <FailureNote failure={failure} isRetried={isRetried} />}
      {failure !== null && isRetried && <p className={styles['revoking']}>{t('access.later')}</p>}
    </ConfirmDialog>
  )
}
