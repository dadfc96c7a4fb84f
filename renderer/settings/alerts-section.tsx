import type { Snapshot } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import { AccountAlerts } from './account-alerts.tsx'
import { ChoiceSetting } from './choice-setting.tsx'
import { levelOptions } from './level-options.ts'
import { Section } from './section.tsx'
import { TestNotification } from './test-notification.tsx'
import { ToggleSetting } from './toggle-setting.tsx'

const usualThresholds = [1, 2, 3, 5, 10, 20]

export const AlertsSection = ({ accounts, preferences }: Pick<Snapshot, 'accounts' | 'preferences'>) => {
  const { t } = useServices()
  const { level, sound, hideContent, hideContentWhileLocked, mostAtOnce } = preferences.alerts
  const thresholds = [...new Set([...usualThresholds, mostAtOnce])].toSorted((one, other) => one - other)
  return (
    <Section title={t('settings.alerts')}>
      <ChoiceSetting
        label={t('settings.level')}
        hint={t('settings.levelHint')}
        value={level}
        options={levelOptions(t)}
        change={(chosen) => ({ alerts: { level: chosen } })}
      />
      <ToggleSetting
        label={t('settings.sound')}
        isOn={sound === 'system'}
        change={(isOn) => ({ alerts: { sound: isOn ? 'system' : 'none' } })}
      />
      <ToggleSetting
        label={t('settings.hide')}
        hint={t('settings.hideHint')}
        isOn={hideContent}
        change={(isOn) => ({ alerts: { hideContent: isOn } })}
      />
      {!hideContent && (
        <ToggleSetting
          label={t('settings.hideLocked')}
          isOn={hideContentWhileLocked}
          change={(isOn) => ({ alerts: { hideContentWhileLocked: isOn } })}
        />
      )}
      <ChoiceSetting
        label={t('settings.atOnce')}
        hint={t('settings.atOnceHint')}
        value={String(mostAtOnce)}
        options={thresholds.map((most) => [String(most), String(most)])}
        change={(most) => ({ alerts: { mostAtOnce: Number(most) } })}
      />
      <TestNotification />
      {accounts.map((account) => (
        <AccountAlerts key={account.id} account={account} preferences={preferences} />
      ))}
    </Section>
  )
}
