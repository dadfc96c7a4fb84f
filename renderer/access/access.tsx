import { useCallback, useState } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './access.module.css'
import { AccessRow } from './access-row.tsx'
import { KeypairNote } from './keypair-note.tsx'
import { RevokeAllDialog } from './revoke-all-dialog.tsx'

/** The access that forums have granted, and the ways to revoke it. */
export const Access = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { t } = useServices()
  // The accounts in the dialog stay the same while the results come in.
  const [asked, setAsked] = useState<readonly AccountView[] | null>(null)
  const [revoked, setRevoked] = useState<readonly AccountView[]>([])
  // A stable function, so that not every row is rendered again.
  const noteRevoked = useCallback(
    (account: AccountView) => setRevoked((before) => [...before.filter(({ id }) => id !== account.id), account]),
    [],
  )
  const { accounts, keypair } = snapshot
  const open = accounts.filter(({ state }) => state.kind !== 'revoking')
  return (
    <>
      <div role="status" className={styles['revoked']}>
        {revoked.map(({ id, site, username }) => (
          <p key={id}>{t('access.revoked', { title: site.title, username })}</p>
        ))}
      </div>
      {accounts.length === 0 ? (
        <p className={styles['empty']}>{t('access.empty')}</p>
      ) : (
        <div className={styles['tableRoom']}>
          <table aria-label={t('access.lead')} className={styles['table']}>
            <thead className={styles['heads']}>
              <tr className={styles['row']}>
                <th scope="col">{t('diagnostics.what')}</th>
                <th scope="col">{t('access.approved')}</th>
                <th scope="col">{t('access.lastUsed')}</th>
                <th scope="col">{t('access.expires')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('access.revokeShort')}</span>
                </th>
              </tr>
            </thead>
            {accounts.map((account) => (
              <AccessRow key={account.id} account={account} onRevoked={noteRevoked} />
            ))}
          </table>
        </div>
      )}
      {accounts.some(({ expiresAt }) => expiresAt === null) && (
        <p className={styles['note']}>{t('access.unusedNote')}</p>
      )}
      {open.length > 1 && (
        <p className={styles['everything']}>
          <Button look="danger" onClick={() => setAsked(open)}>
            {t('access.revokeAll')}
          </Button>
        </p>
      )}
      {keypair !== null && <KeypairNote createdAt={keypair.createdAt} />}
      {asked !== null && <RevokeAllDialog accounts={asked} onRevoked={noteRevoked} onClose={() => setAsked(null)} />}
    </>
  )
}
