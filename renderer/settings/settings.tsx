import { useCallback, useMemo, useState } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { AccountGone } from '../app/account-gone.tsx'
import type { SettingsSection } from '../app/view.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { AccountsSection } from './accounts-section.tsx'
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
import frame from './settings-frame.module.css'
import { SettingsIndex } from './settings-index.tsx'
import { Searchable, SettingsSearchProvider } from './settings-search.tsx'
import { TransferSection } from './transfer-section.tsx'

interface SettingsProps {
  readonly snapshot: Snapshot
  /** The section that the user was sent to. */
  readonly begin?: SettingsSection | undefined
  /** Records in the page's address which section is being viewed. */
  readonly onSection: (section: SettingsSection) => void
  readonly onAccount: (account: string) => void
  readonly onAccess: () => void
  readonly onDiagnostics: () => void
  readonly onSignIn: (address: string) => void
  /** Dismisses what is said about an account that is gone, whose settings were wanted; null where none was. */
  readonly onDismissGone: (() => void) | null
}

/** All settings except those of single accounts. A change is sent and shown at once. */
export const Settings = (props: SettingsProps) => {
  const { snapshot, begin, onSection, onAccount, onAccess, onDiagnostics, onSignIn, onDismissGone } = props
  const { t } = useServices()
  const { preferences, optimistic } = useOptimisticPreferences(snapshot.preferences)
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState(0)
  const onShown = useCallback((change: 1 | -1) => setShown((before) => before + change), [])
  const search = useMemo(() => ({ query: query.trim(), title: '', onShown }), [query, onShown])
  const { accounts, notices, vault } = snapshot
  const isNothingFound = search.query !== '' && shown === 0
  return (
    <OptimisticUpdatesProvider value={optimistic}>
      <SettingsSearchProvider value={search}>
        {onDismissGone !== null && <AccountGone onDismiss={onDismissGone} />}
        <div className={frame['settings']}>
          <div className={frame['columns']}>
            <SettingsIndex hasAccounts={accounts.length > 0} onSection={onSection} />
            <div className={frame['sections']}>
              <SearchField query={query} onQuery={setQuery} />
              <p role="status" className={frame['nothing']}>
                {isNothingFound && t('settings.nothingFound')}
              </p>
              <AppearanceSection appearance={preferences.appearance} isGoal={begin === 'appearance'} />
              <AlertsSection alerts={preferences.alerts} isGoal={begin === 'alerts'} />
              <AccountsSection
                accounts={accounts}
                preferences={preferences}
                isGoal={begin === 'accounts'}
                onAccount={onAccount}
              />
              <QuietSection snapshot={{ ...snapshot, preferences }} isGoal={begin === 'quiet'} />
              <BadgeSection badge={preferences.badge} isGoal={begin === 'badge'} />
              <GeneralSection
                general={preferences.general}
                opensAtLogin={snapshot.openAtLogin}
                linkOwner={snapshot.linkOwner}
                mayUpdate={snapshot.decided.mayUpdate}
                notices={notices}
                isGoal={begin === 'general'}
              />
              <NetworkSection
                network={preferences.network}
                decided={snapshot.decided.proxy}
                notices={notices}
                isGoal={begin === 'network'}
              />
              <PrivacySection vault={vault} isGoal={begin === 'privacy'} onAccess={onAccess} />
              <TransferSection isGoal={begin === 'file'} onSignIn={onSignIn} />
              <HelpSection version={snapshot.appVersion} isGoal={begin === 'help'} onDiagnostics={onDiagnostics} />
            </div>
          </div>
        </div>
      </SettingsSearchProvider>
    </OptimisticUpdatesProvider>
  )
}

interface SearchFieldProps {
  readonly query: string
  readonly onQuery: (query: string) => void
}

const SearchField = ({ query, onQuery }: SearchFieldProps) => {
  const { t } = useServices()
  return (
    <search className={frame['search']}>
      <Icon name="search" size={14} />
      <input
        type="search"
        aria-label={t('settings.search')}
        placeholder={t('settings.search')}
        className={frame['searchField']}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={query}
        onChange={({ target }) => onQuery(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onQuery('')
        }}
      />
    </search>
  )
}

interface HelpSectionProps {
  readonly version: string
  readonly isGoal: boolean
  readonly onDiagnostics: () => void
}

const HelpSection = ({ version, isGoal, onDiagnostics }: HelpSectionProps) => {
  const { t } = useServices()
  const line = t('settings.version', { version })
  return (
    <Section name="help" isGoal={isGoal}>
      <Searchable words={[line, t('diagnostics.title')]}>
        <div className={styles['row']}>
          <p className={`${styles['words']} ${styles['hint']}`}>
            <bdi>{line}</bdi>
          </p>
          <div className={styles['actions']}>
            <Button onClick={onDiagnostics}>{t('diagnostics.title')}</Button>
          </div>
        </div>
      </Searchable>
    </Section>
  )
}
