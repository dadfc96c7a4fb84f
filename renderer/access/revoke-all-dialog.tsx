import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { isOverOnceConnected, useReconnected } from '../services/use-reconnected.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './access.module.css'

interface RevokeAllDialogProps {
  readonly accounts: readonly AccountView[]
  readonly onRevoked: (account: AccountView) => void
  readonly onClose: () => void
}

/**
 * Asks before every access is revoked. A revocation that a forum cannot do now stays on the page behind the dialog,
 * with the reason; one that was never requested is not shown there, so the dialog stays open.
 */
export const RevokeAllDialog = ({ accounts, onRevoked, onClose }: RevokeAllDialogProps) => {
  const { t, host } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  useReconnected(() => setFailure((before) => (before !== null && isOverOnceConnected(before) ? null : before)))

  const revoke = async () => {
    setBusy(true)
    setFailure(null)
    const revokeOne = async (account: AccountView) => {
      const result = await host.execute('account.revoke', { account: account.id })
      if (result.ok) onRevoked(account)
      return result
    }
    const results = await Promise.all(accounts.map(revokeOne))
    const unasked = results.find((result) => !result.ok && isUnasked(result.failure))
    if (unasked?.ok !== false) return onClose()
    setFailure(unasked.failure)
    setBusy(false)
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when it is long, by keys as well */}
      <ul className={styles['all']} tabIndex={0}>
        {accounts.map(({ id, site, username }) => (
          <li key={id}>
            <bdi>{site.title}</bdi> <bdi className={styles['username']}>{username}</bdi>
          </li>
        ))}
      </ul>
      {failure !== null && <FailureNote failure={failure} />}
    </ConfirmDialog>
  )
}

const isUnasked = ({ code }: Failure): boolean =>
  code === 'not_running' || code === 'not_authorised' || code === 'internal'
