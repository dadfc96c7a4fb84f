import type { Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Section } from './section.tsx'
import { ChoiceSetting, ToggleSetting } from './setting-row.tsx'

interface BadgeSectionProps {
  readonly badge: Preferences['badge']
  readonly isGoal: boolean
}

const kinds = ['notifications', 'messages', 'chat', 'reviewables'] as const

/** What the badge's number adds up. */
export const BadgeSection = ({ badge, isGoal }: BadgeSectionProps) => {
  const { t } = useServices()
  const { style, counts } = badge
  return (
    <Section name="badge" isGoal={isGoal}>
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
      {style !== 'none' &&
        kinds.map((kind) => (
          <ToggleSetting
            key={kind}
            label={t(`settings.counted.${kind}`)}
            isOn={counts.includes(kind)}
            change={(isOn) => ({
              badge: { counts: kinds.filter((one) => (one === kind ? isOn : counts.includes(one))) },
            })}
          />
        ))}
    </Section>
  )
}
