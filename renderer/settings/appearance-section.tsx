import { languages } from '../../common/i18n/languages.ts'
import type { Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Section } from './section.tsx'
import { ChoiceSetting } from './setting-row.tsx'

interface AppearanceSectionProps {
  readonly appearance: Preferences['appearance']
  readonly isGoal: boolean
}

export const AppearanceSection = ({ appearance, isGoal }: AppearanceSectionProps) => {
  const { t } = useServices()
  return (
    <Section name="appearance" isGoal={isGoal}>
      <ChoiceSetting
        label={t('settings.language')}
        value={appearance.language in languages ? appearance.language : 'system'}
        // Each in its own language, so that a user who cannot read the current one finds theirs.
        options={[['system', t('settings.languageSystem')], ...Object.entries(languages)]}
        change={(language) => ({ appearance: { language } })}
      />
      <ChoiceSetting
        label={t('settings.theme')}
        value={appearance.theme}
        options={[
          ['system', t('settings.themeSystem')],
          ['light', t('settings.themeLight')],
          ['dark', t('settings.themeDark')],
          ['contrast', t('settings.themeContrast')],
        ]}
        change={(theme) => ({ appearance: { theme } })}
      />
      <ChoiceSetting
        label={t('settings.textSize')}
        value={appearance.textSize}
        options={[
          ['default', t('settings.textDefault')],
          ['large', t('settings.textLarge')],
          ['largest', t('settings.textLargest')],
        ]}
        change={(textSize) => ({ appearance: { textSize } })}
      />
      <ChoiceSetting
        label={t('settings.density')}
        value={appearance.density}
        options={[
          ['comfortable', t('settings.densityComfortable')],
          ['compact', t('settings.densityCompact')],
        ]}
        change={(density) => ({ appearance: { density } })}
      />
    </Section>
  )
}
