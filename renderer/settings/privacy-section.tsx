import type { VaultState } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { Section } from './section.tsx'
import styles from './settings.module.css'

interface PrivacySectionProps {
  readonly vault: VaultState
  readonly onAccess: () => void
}

const keysIn = {
  opening: 'settings.keysKeychain',
  keychain: 'settings.keysKeychain',
  session: 'settings.keysSession',
  unavailable: 'settings.keysNowhere',
} as const satisfies Record<VaultState['kind'], string>

/** What is kept where, and who is asked. */
export const PrivacySection = ({ vault, onAccess }: PrivacySectionProps) => {
  const { t } = useServices()
  const facts = [
    [t('settings.keys'), t(keysIn[vault.kind])],
    [t('settings.kept'), t('settings.keptWhere')],
    [t('settings.news'), t('settings.newsWhere')],
    [t('settings.log'), t('settings.logWhere')],
    [t('settings.sent'), t('settings.sentWhere')],
  ] as const
  return (
    <Section title={t('settings.privacy')}>
      <dl className={styles['facts']}>
        {facts.map(([term, fact]) => (
          <div key={term} className={styles['fact']}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['row']}>
        <div className={styles['actions']}>
          <Button onClick={onAccess}>{t('settings.access')}</Button>
        </div>
      </div>
    </Section>
  )
}
