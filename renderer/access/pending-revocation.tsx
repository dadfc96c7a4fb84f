import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { remedies } from '../../common/contract/remedies.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { causeText, failureSentence } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './access.module.css'
import { ForgetDialog } from './forget-dialog.tsx'

interface PendingRevocationProps {
  readonly account: AccountView
  /** Why the forum has not confirmed yet; null while it is being asked. */
  readonly failure: Failure | null
  readonly onRevoked: (account: AccountView) => void
}

/** A revocation that the forum has not confirmed: why not, that it will be retried, and how to end it. */
export const PendingRevocation = ({ account, failure, onRevoked }: PendingRevocationProps) => {
  const { t, host } = useServices()
  const asking = useTask()
  const [isForgetting, setForgetting] = useState(false)
  const { site, username, id } = account
  const moving = useTask()
  const ask = async () => {
    if ((await asking.run(host.execute('account.revoke', { account: id }))).ok) onRevoked(account)
  }
  if (failure === null) {
    return (
      <p role="status" className={styles['revoking']}>
        {t('access.revoking', { title: site.title })}
      </p>
    )
  }
  // Without the key nothing is retried automatically.
  const movedTo = remedies[failure.code].includes('move') ? failure.params?.['target'] : undefined
  const isStuck = failure.code === 'revoke_without_key'
  return (
    <div className={styles['pending']}>
      <p role="status" className={styles['revoking']}>
        {isStuck ? failureSentence(t, failure) : t('access.notYet', { reason: causeText(t, failure) })}
      </p>
      <div className={styles['pendingActions']}>
        <Button compact busy={asking.state.kind === 'busy'} onClick={() => void ask()}>
          {t('add.tryAgain')}
        </Button>
        {typeof movedTo === 'string' && (
          <Button
            compact
            busy={moving.state.kind === 'busy'}
            label={t('overview.moveOf', { target: movedTo, title: site.title, username })}
            onClick={() => void moving.run(host.execute('account.move', { account: id, host: movedTo }))}
          >
            {t('overview.move', { target: movedTo })}
          </Button>
        )}
        <Button
          compact
          look="danger"
          label={t('access.forgetOf', { title: site.title, username })}
          onClick={() => setForgetting(true)}
        >
          {t('access.forget')}
        </Button>
      </div>
      {asking.state.kind === 'failed' && asking.state.failure.code !== failure.code && (
        <FailureNote failure={asking.state.failure} />
      )}
      {moving.state.kind === 'failed' && <FailureNote failure={moving.state.failure} />}
      {isForgetting && <ForgetDialog account={account} onClose={() => setForgetting(false)} />}
    </div>
  )
}
