import type { Snapshot } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import styles from './access.module.css'
import { AccessBlock } from './access-block.tsx'

/** What has been given away, and the way to take it back. */
export const Access = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { t } = useServices()
  if (snapshot.accounts.length === 0) return <p className={styles['empty']}>{t('access.empty')}</p>
  return (
    <ul aria-label={t('access.lead')}>
      {snapshot.accounts.map((account) => (
        <AccessBlock key={account.id} account={account} />
      ))}
    </ul>
  )
}
