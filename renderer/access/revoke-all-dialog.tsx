import { useRef, useState } from 'react'
import type { AccountView } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import styles from './access.module.css'

interface RevokeAllDialogProps {
  readonly accounts: readonly AccountView[]
  readonly onClose: () => void
}

/** Asks before every access is taken back. What a forum cannot do now stays on the page behind, with its reason. */
export const RevokeAllDialog = ({ accounts, onClose }: RevokeAllDialogProps) => {
  const { t, host } = useServices()
  const keep = useRef<HTMLButtonElement>(null)
  const [isBusy, setBusy] = useState(false)

  const revoke = async () => {
    setBusy(true)
    await Promise.all(accounts.map(({ id }) => host.execute('account.revoke', { account: id })))
    onClose()
  }

  return (
    <Modal title={t('access.allTitle')} onClose={onClose} initialFocus={keep}>
      <div className={styles['confirm']}>
        <p>{t('access.allBody')}</p>
        <ul className={styles['all']}>
          {accounts.map(({ id, site, username }) => (
            <li key={id}>
              {site.title} <span className={styles['username']}>{username}</span>
            </li>
          ))}
        </ul>
        <div className={styles['confirmActions']}>
          <Button ref={keep} onClick={onClose}>
            {t('access.keepAll')}
          </Button>
          <Button look="danger" busy={isBusy} onClick={() => void revoke()}>
            {t('access.revokeAll')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
