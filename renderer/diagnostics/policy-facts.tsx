import type { DiagnosisReport } from '../../common/contract/diagnosis.ts'
import { useServices } from '../services/services.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './diagnostics.module.css'

/** What the computer's administrator has decided, and what of it is not followed. */
export const PolicyFacts = ({ policy }: { readonly policy: NonNullable<DiagnosisReport['policy']> }) => {
  const { t } = useServices()
  const { file, sites, proxy, mayUpdate, failures } = policy
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('diagnostics.policy')}</h2>
      <p className={styles['quiet']}>{t('diagnostics.policyFile', { file })}</p>
      <ul aria-label={t('diagnostics.policy')}>
        {sites > 0 && <li>{t('diagnostics.policySites', { count: sites })}</li>}
        {proxy !== null && <li>{t('diagnostics.policyProxy')}</li>}
        {!mayUpdate && <li>{t('diagnostics.policyUpdates')}</li>}
      </ul>
      {failures.map((failure) => (
        <FailureNote key={JSON.stringify(failure)} failure={failure} />
      ))}
    </section>
  )
}
