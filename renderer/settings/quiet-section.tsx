import { type PauseChoice, pauseChoices } from '../../common/contract/pause-choice.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { pauseText, quietLine } from '../../common/i18n/quiet-text.ts'
import { useNow, useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Select } from '../ui/select.tsx'
import { QuietHoursEditor } from './quiet-hours-editor.tsx'
import { PeopleEditor } from './rules-editor.tsx'
import { Section } from './section.tsx'
import { SettingRow, ToggleSetting } from './setting-row.tsx'

interface QuietSectionProps {
  readonly snapshot: Snapshot
  readonly isGoal: boolean
}

export const QuietSection = ({ snapshot, isGoal }: QuietSectionProps) => {
  const { t } = useServices()
  const { hours, exceptHighPriority, exceptPeople, obeyForum, obeySystem } = snapshot.preferences.quiet
  return (
    <Section name="quiet" isGoal={isGoal}>
      <Pause snapshot={snapshot} />
      <QuietHoursEditor hours={hours} />
      <ToggleSetting
        label={t('settings.highPriority')}
        hint={t('settings.highPriorityHint')}
        isOn={exceptHighPriority}
        change={(isOn) => ({ quiet: { exceptHighPriority: isOn } })}
      />
      <PeopleEditor people={exceptPeople} />
      <ToggleSetting
        label={t('settings.obeyForum')}
        hint={t('settings.obeyForumHint')}
        isOn={obeyForum}
        change={(isOn) => ({ quiet: { obeyForum: isOn } })}
      />
      <ToggleSetting
        label={t('settings.obeySystem')}
        hint={t('settings.obeySystemHint')}
        isOn={obeySystem}
        change={(isOn) => ({ quiet: { obeySystem: isOn } })}
      />
    </Section>
  )
}

const Pause = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { t, host, minutes } = useServices()
  const { state, run } = useTask()
  const now = useNow(minutes)
  const isPaused = snapshot.quiet.reason === 'paused'
  const line = isPaused ? (quietLine(t, snapshot, now) ?? '') : ''
  const choose = (chosen: PauseChoice | 'off' | 'paused') => {
    if (chosen === 'paused') return
    void run(chosen === 'off' ? host.execute('quiet.resume', {}) : host.execute('quiet.pause', { for: chosen }))
  }
  return (
    <SettingRow
      label={t('quiet.pause')}
      hint={isPaused ? line : undefined}
      failure={state.kind === 'failed' ? state.failure : null}
    >
      {(id, describedBy) => (
        <Select<PauseChoice | 'off' | 'paused'>
          id={id}
          describedBy={describedBy}
          value={isPaused ? 'paused' : 'off'}
          options={[
            ['off', t('settings.notPaused')],
            ...(isPaused ? [['paused', t('settings.paused')] as const] : []),
            ...pauseChoices.map((choice) => [choice, pauseText(t, choice)] as const),
          ]}
          onChoose={choose}
        />
      )}
    </SettingRow>
  )
}
