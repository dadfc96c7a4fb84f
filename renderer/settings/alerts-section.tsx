import type { Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { BrowserAlerts } from './browser-alerts.tsx'
import { levelOptions } from './level-options.ts'
import { RulesEditor } from './rules-editor.tsx'
import { Section } from './section.tsx'
import { ChoiceSetting, ToggleSetting } from './setting-row.tsx'
import { Searchable } from './settings-search.tsx'
import { TestNotification } from './test-notification.tsx'
import { withPresent } from './with-present.ts'

const defaultThresholds = [1, 2, 3, 5, 10, 20]
const defaultVolumes = [20, 40, 60, 80, 100]

const volumeText = (percent: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100)

interface AlertsSectionProps {
  readonly alerts: Preferences['alerts']
  readonly isGoal: boolean
}

export const AlertsSection = ({ alerts, isGoal }: AlertsSectionProps) => {
  const { t } = useServices()
  const { level, sound, volume, hideContent, hideContentWhileLocked, mostAtOnce } = alerts
  return (
    <Section name="alerts" isGoal={isGoal}>
      <BrowserAlerts />
      <ChoiceSetting
        label={t('settings.level')}
        hint={t('settings.levelHint')}
        value={level}
        options={levelOptions(t)}
        change={(chosen) => ({ alerts: { level: chosen } })}
      />
      <ChoiceSetting
        label={t('settings.sound')}
        value={sound}
        options={[
          ['system', t('settings.soundSystem')],
          ['chime', t('settings.soundChime')],
          ['drop', t('settings.soundDrop')],
          ['none', t('settings.soundNone')],
        ]}
        change={(chosen) => ({ alerts: { sound: chosen } })}
      />
      {(sound === 'chime' || sound === 'drop') && (
        <ChoiceSetting
          label={t('settings.volume')}
          value={String(volume)}
          options={withPresent(defaultVolumes, volume).map((percent) => [
            String(percent),
            volumeText(percent, t.locale),
          ])}
          change={(percent) => ({ alerts: { volume: Number(percent) } })}
        />
      )}
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
        options={withPresent(defaultThresholds, mostAtOnce).map((most) => [String(most), String(most)])}
        change={(most) => ({ alerts: { mostAtOnce: Number(most) } })}
      />
      <RulesEditor rules={alerts.rules} change={(rules) => ({ alerts: { rules } })} />
      <Searchable words={[t('settings.test')]}>
        <TestNotification />
      </Searchable>
    </Section>
  )
}
