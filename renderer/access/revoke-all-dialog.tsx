import { useState } from 'react'
import type { AccountView } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import styles from './access.module.css'

interface RevokeAllDialogProps {
  readonly accounts: readonly AccountView[]
  readonly onRevoked: (title: string) => void
  readonly onClose: () => void
}

/** Asks before every access is taken back. What a forum cannot do now stays on the page behind, with its reason. */
export const RevokeAllDialog = ({ accounts, onRevoked, onClose }: RevokeAllDialogProps) => {
  const { t, host } = useServices()
  const [isBusy, setBusy] = useState(false)

  const revoke = async () => {
    setBusy(true)
    const revokeOne = async ({ id, site }: AccountView) => {
      if ((await host.execute('account.revoke', { account: id })).ok) onRevoked(site.title)
    }
    await Promise.all(accounts.map(revokeOne))
    onClose()
  }

  return (
    <ConfirmDialog
      title={t('access.allTitle')}
      keep={t('access.keepAll')}
      confirm={t('access.revokeAll')}
      look="danger"
      isBusy={isBusy}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>{t('access.allBody')}</p>
      <ul className={styles['all']}>
        {accounts.map(({ id, site, username }) => (
          <li key={id}>
            <bdi>{site.title}</bdi> <bdi className={styles['username']}>{username}</bdi>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
