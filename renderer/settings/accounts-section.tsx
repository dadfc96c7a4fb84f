import type { ReactNode } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import { Icon } from '../ui/icon.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { levelText } from './level-options.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { Searchable, useSettingsSearch } from './settings-search.tsx'

interface AccountsSectionProps {
  readonly accounts: readonly AccountView[]
  readonly preferences: Preferences
  readonly isGoal: boolean
  readonly onAccount: (account: string) => void
}

/** More accounts than this are collapsed, and can be searched for. */
const mostUnfolded = 5

/** Links to each account's page, which has the settings for that account alone. */
export const AccountsSection = ({ accounts, isGoal, ...props }: AccountsSectionProps) => {
  const { t } = useServices()
  if (accounts.length === 0) return null
  return (
    <Section name="accounts" isGoal={isGoal}>
      {accounts.length <= mostUnfolded ? (
        <AccountLinks accounts={accounts} {...props} />
      ) : (
        <Folded count={t('settings.accountCount', { count: accounts.length })}>
          <AccountLinks accounts={accounts} {...props} />
        </Folded>
      )}
    </Section>
  )
}

/** Expanded during a search: matches must be visible. */
const Folded = ({ count, children }: { readonly count: string; readonly children: ReactNode }) => {
  const { query } = useSettingsSearch()
  return (
    <details className={styles['folded']} open={query !== '' || undefined}>
      <summary className={styles['summary']}>
        <DisclosureArrow />
        {count}
      </summary>
      {children}
    </details>
  )
}

const AccountLinks = ({ accounts, preferences, onAccount }: Omit<AccountsSectionProps, 'isGoal'>) => {
  const { t } = useServices()
  return (
    <ul>
      {accounts.map(({ id, site, username, icon }) => {
        const { level } = accountPreferences(preferences, id)
        return (
          <Searchable key={id} words={[site.title, username, site.host]}>
            <li>
              <button
                type="button"
                className={styles['accountLink']}
                aria-label={t('settings.accountOf', { title: site.title, username })}
                onClick={() => onAccount(id)}
              >
                <SiteAvatar size="tiny" site={site} icon={icon} />
                <span className={styles['summaryName']}>
                  <span className={styles['summaryTitle']}>{site.title}</span>
                  <span className={styles['username']}>{username}</span>
                </span>
                <span className={styles['summaryLevel']}>
                  {level === null ? t('settings.levelUsual') : levelText(t, level)}
                </span>
                <Icon name="forth" size={14} />
              </button>
            </li>
          </Searchable>
        )
      })}
    </ul>
  )
}
