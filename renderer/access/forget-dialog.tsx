import { useRef } from 'react'
import type { AccountView } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Modal } from '../ui/modal.tsx'
import { useTask } from '../use-task.ts'
import styles from './access.module.css'

interface ForgetDialogProps {
  readonly account: AccountView
  readonly onClose: () => void
}

/** Asks before an account is removed here although its forum has not confirmed that the access is gone. */
export const ForgetDialog = ({ account, onClose }: ForgetDialogProps) => {
  const { t, host } = useServices()
  const close = useRef<HTMLButtonElement>(null)
  const forgetting = useTask()
  const { title } = account.site

  const forget = async () => {
    const result = await forgetting.run(host.execute('account.forget', { account: account.id }))
    if (result.ok) onClose()
  }

  return (
    <Modal title={t('access.forgetTitle', { title })} onClose={onClose} initialFocus={close}>
      <div className={styles['confirm']}>
        <p>{t('access.forgetBody', { title })}</p>
        {forgetting.state.kind === 'failed' && <FailureNote failure={forgetting.state.failure} />}
        <div className={styles['confirmActions']}>
          <Button ref={close} onClick={onClose}>
            {t('add.cancel')}
          </Button>
          <Button look="danger" busy={forgetting.state.kind === 'busy'} onClick={() => void forget()}>
            {t('access.forget')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
