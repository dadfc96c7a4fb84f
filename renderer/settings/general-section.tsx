import type { LinkOwner, Notice } from '../../common/contract/snapshot.ts'
import type { Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Section } from './section.tsx'
import { ChoiceSetting, ToggleSetting } from './setting-row.tsx'
import { ShortcutSetting } from './shortcut-setting.tsx'
import { withPresent } from './with-present.ts'

const paces = [30, 60, 120, 300, 900, 3600]

interface GeneralSectionProps {
  readonly general: Preferences['general']
  /** Whether the system starts the app at login; null where this shell cannot control that. */
  readonly opensAtLogin: boolean | null
  /** The program that receives the forums' responses; null where this shell cannot control that. */
  readonly linkOwner: LinkOwner | null
  /** Whether the computer's administrator lets the app look for newer versions. */
  readonly mayUpdate: boolean
  readonly notices: readonly Notice[]
  readonly isGoal: boolean
}

export const GeneralSection = (props: GeneralSectionProps) => {
  const { general, opensAtLogin, linkOwner, mayUpdate, notices, isGoal } = props
  const { t, host } = useServices()
  const { refreshSeconds, updates, topicCounts, singleKeys, shortcut, readOnOpen } = general
  const seconds = refreshSeconds === null ? paces : withPresent(paces, refreshSeconds)
  const words = (pace: number) =>
    pace % 60 === 0 ? t('settings.minutes', { count: pace / 60 }) : t('settings.seconds', { count: pace })
  return (
    <Section name="general" isGoal={isGoal}>
      {opensAtLogin !== null && (
        <ToggleSetting
          label={t('settings.openAtLogin')}
          isOn={opensAtLogin}
          change={(openAtLogin) => ({ general: { openAtLogin } })}
        />
      )}
      {linkOwner !== null && (
        <ToggleSetting
          label={t('settings.openLinks')}
          hint={
            linkOwner.kind === 'other'
              ? t('settings.openLinksOther', { name: linkOwner.name })
              : t('settings.openLinksHint')
          }
          isOn={linkOwner.kind === 'ours'}
          change={(openLinks) => ({ general: { openLinks } })}
        />
      )}
      <ChoiceSetting
        label={t('settings.pace')}
        hint={t('settings.paceHint')}
        value={refreshSeconds === null ? '' : String(refreshSeconds)}
        options={[['', t('settings.paceUsual')], ...seconds.map((pace) => [String(pace), words(pace)] as const)]}
        change={(chosen) => ({ general: { refreshSeconds: chosen === '' ? null : Number(chosen) } })}
      />
      {host.isDesktop && (
        <ChoiceSetting
          label={t('settings.updates')}
          isDecided={!mayUpdate}
          value={mayUpdate ? updates : 'off'}
          options={[
            ['ask', t('settings.updatesAsk')],
            ['download', t('settings.updatesDownload')],
            ['off', t('settings.updatesOff')],
          ]}
          change={(chosen) => ({ general: { updates: chosen } })}
        />
      )}
      <ToggleSetting
        label={t('settings.readOnOpen')}
        hint={t('settings.readOnOpenHint')}
        isOn={readOnOpen}
        change={(isOn) => ({ general: { readOnOpen: isOn } })}
      />
      <ToggleSetting
        label={t('settings.topicCounts')}
        hint={t('settings.topicCountsHint')}
        isOn={topicCounts}
        change={(isOn) => ({ general: { topicCounts: isOn } })}
      />
      <ToggleSetting
        label={t('settings.singleKeys')}
        hint={t('settings.singleKeysHint')}
        isOn={singleKeys}
        change={(isOn) => ({ general: { singleKeys: isOn } })}
      />
      {host.isDesktop && <ShortcutSetting shortcut={shortcut} notices={notices} />}
    </Section>
  )
}
