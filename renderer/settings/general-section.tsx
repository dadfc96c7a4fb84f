import type { Preferences } from '../../common/preferences.ts'
import { useServices } from '../services.ts'
import { ChoiceSetting } from './choice-setting.tsx'
import { Section } from './section.tsx'

const paces = [30, 60, 120, 300, 900, 3600] as const

export const GeneralSection = ({ general }: { readonly general: Preferences['general'] }) => {
  const { t } = useServices()
  const { refreshSeconds } = general
  // One that was set elsewhere is among the choices too.
  const seconds = [...new Set([...paces, ...(refreshSeconds === null ? [] : [refreshSeconds])])].toSorted(
    (one, other) => one - other,
  )
  const words = (pace: number) =>
    pace % 60 === 0 ? t('settings.minutes', { count: pace / 60 }) : t('settings.seconds', { count: pace })
  return (
    <Section title={t('settings.general')}>
      <ChoiceSetting
        label={t('settings.pace')}
        hint={t('settings.paceHint')}
        value={refreshSeconds === null ? '' : String(refreshSeconds)}
        options={[['', t('settings.paceUsual')], ...seconds.map((pace) => [String(pace), words(pace)] as const)]}
        change={(chosen) => ({ general: { refreshSeconds: chosen === '' ? null : Number(chosen) } })}
      />
    </Section>
  )
}
