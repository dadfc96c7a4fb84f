import { useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Section } from './section.tsx'
import { ChoiceSetting, ToggleSetting } from './setting-row.tsx'
import styles from './settings.module.css'

interface BadgeSectionProps {
  readonly accounts: readonly AccountView[]
  readonly preferences: Preferences
}

const kinds = ['notifications', 'messages', 'chat', 'reviewables'] as const

/** What the number beside the icon adds up. */
export const BadgeSection = ({ accounts, preferences }: BadgeSectionProps) => {
  const { t } = useServices()
  const [isOpen, setOpen] = useState(false)
  const { style, counts } = preferences.badge
  const isCounted = ({ id }: AccountView) => accountPreferences(preferences, id).inBadge
  return (
    <Section title={t('settings.badge')}>
      <ChoiceSetting
        label={t('settings.badgeStyle')}
        hint={t('settings.badgeHint')}
        value={style}
        options={[
          ['number', t('settings.badgeNumber')],
          ['dot', t('settings.badgeDot')],
          ['none', t('settings.badgeNone')],
        ]}
        change={(chosen) => ({ badge: { style: chosen } })}
      />
      {style !== 'none' && (
        <>
          {kinds.map((kind) => (
            <ToggleSetting
              key={kind}
              label={t(`settings.counted.${kind}`)}
              isOn={counts.includes(kind)}
              change={(isOn) => ({
                badge: { counts: kinds.filter((one) => (one === kind ? isOn : counts.includes(one))) },
              })}
            />
          ))}
          {accounts.length > 0 && (
            <details className={styles['account']} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
              <summary className={styles['summary']}>
                <span className={styles['summaryName']}>{t('settings.badgeAccounts')}</span>
                <span className={styles['summaryLevel']}>
                  {t('settings.badgeShare', { count: accounts.filter(isCounted).length, all: accounts.length })}
                </span>
              </summary>
              {isOpen &&
                accounts.map((account) => (
                  <ToggleSetting
                    key={account.id}
                    label={t('settings.accountName', { title: account.site.title, username: account.username })}
                    isOn={isCounted(account)}
                    change={(isOn) => ({ accounts: { [account.id]: { inBadge: isOn } } })}
                  />
                ))}
            </details>
          )}
        </>
      )}
    </Section>
  )
}
