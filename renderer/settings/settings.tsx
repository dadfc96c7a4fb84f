import type { Snapshot } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { AlertsSection } from './alerts-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { BadgeSection } from './badge-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { NetworkSection } from './network-section.tsx'
import { OptimisticUpdatesProvider, useOptimisticPreferences } from './optimistic-preferences.ts'
import { PrivacySection } from './privacy-section.tsx'
import { QuietSection } from './quiet-section.tsx'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { TransferSection } from './transfer-section.tsx'

interface SettingsProps {
  readonly snapshot: Snapshot
  /** The section that the user was sent to. */
  readonly begin?: 'network' | undefined
  readonly onAccess: () => void
  readonly onDiagnostics: () => void
  readonly onSignIn: (address: string) => void
}

/** Everything the user may choose. A change is sent and shown at once. */
export const Settings = ({ snapshot, begin, onAccess, onDiagnostics, onSignIn }: SettingsProps) => {
  const { t } = useServices()
  const { preferences, optimistic } = useOptimisticPreferences(snapshot.preferences)
  const { accounts, notices, vault, appVersion } = snapshot
  return (
    <OptimisticUpdatesProvider value={optimistic}>
      <AppearanceSection appearance={preferences.appearance} />
      <AlertsSection accounts={accounts} preferences={preferences} />
      <QuietSection snapshot={{ ...snapshot, preferences }} />
      <BadgeSection accounts={accounts} preferences={preferences} />
      <GeneralSection
        general={preferences.general}
        opensAtLogin={snapshot.openAtLogin}
        linkOwner={snapshot.linkOwner}
      />
      <NetworkSection network={preferences.network} notices={notices} isGoal={begin === 'network'} />
      <PrivacySection vault={vault} onAccess={onAccess} />
      <TransferSection onSignIn={onSignIn} />
      <Section title={t('settings.help')}>
        <div className={styles['row']}>
          <p className={`${styles['words']} ${styles['hint']}`}>{t('settings.version', { version: appVersion })}</p>
          <div className={styles['actions']}>
            <Button onClick={onDiagnostics}>{t('diagnostics.title')}</Button>
          </div>
        </div>
      </Section>
    </OptimisticUpdatesProvider>
  )
}
