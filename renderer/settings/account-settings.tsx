import { notificationKinds } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { type KindGroup, kindGroup, kindGroups } from '../../common/glance/kind-group.ts'
import {
  type AccountPreferences,
  accountPreferences,
  type Preferences,
  type PreferencesChange,
} from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { SelectOption } from '../ui/select.tsx'
import { useUndo } from '../undo/use-undo.ts'
import { levelOptions, levelText } from './level-options.ts'
import { OptimisticUpdatesProvider, useOptimisticPreferences } from './optimistic-preferences.ts'
import { RulesEditor } from './rules-editor.tsx'
import { Section } from './section.tsx'
import { ChoiceSetting, ToggleSetting } from './setting-row.tsx'
import styles from './settings.module.css'
import { useChange } from './use-change.ts'
import { useFocusAfterRemoval } from './use-focus-after-removal.ts'

interface AccountSettingsProps {
  readonly account: AccountView
  readonly preferences: Preferences
  readonly onAccess: () => void
}

/**
 * The settings of one account: its alerts, whether the badge counts it, its muted topics, and the way to its access.
 */
export const AccountSettings = ({ account, preferences: present, onAccess }: AccountSettingsProps) => {
  const { t } = useServices()
  const { preferences, optimistic } = useOptimisticPreferences(present)
  const { id } = account
  const own = accountPreferences(preferences, id)
  const defaultLevel = levelText(t, preferences.alerts.level)
  const change = (some: NonNullable<PreferencesChange['accounts']>[string]) => ({ accounts: { [id]: some } })
  return (
    <OptimisticUpdatesProvider value={optimistic}>
      <Section name="alerts">
        <ChoiceSetting
          label={t('settings.ownLevel')}
          value={own.level ?? ''}
          options={[['', t('settings.levelUsualIs', { level: defaultLevel })], ...levelOptions(t)]}
          change={(level) => change({ level: level === '' ? null : level })}
        />
        <ToggleSetting label={t('settings.ownSound')} isOn={own.sound} change={(isOn) => change({ sound: isOn })} />
        <ToggleSetting
          label={t('settings.inBadge')}
          hint={t('settings.badgeHint')}
          isOn={own.inBadge}
          change={(inBadge) => change({ inBadge })}
        />
        <RulesEditor areOwn rules={own.rules} change={(rules) => change({ rules })} />
      </Section>
      <fieldset className={styles['group']}>
        <legend className={styles['heading']}>{t('settings.byKind')}</legend>
        <p className={`${styles['groupHint']} ${styles['hint']}`}>{t('settings.byKindHint')}</p>
        {kindGroups.map((group) => (
          <GroupSetting key={group} group={group} kinds={own.kinds} change={(kinds) => change({ kinds })} />
        ))}
      </fieldset>
      <MutedTopics account={account} topics={own.mutedTopics} />
      <div className={styles['row']}>
        <div className={styles['actions']}>
          <Button onClick={onAccess}>{t('access.title')}</Button>
        </div>
      </div>
    </OptimisticUpdatesProvider>
  )
}

type Kinds = AccountPreferences['kinds']
type Override = 'level' | 'always' | 'never' | 'mixed'

interface GroupSettingProps {
  readonly group: KindGroup
  readonly kinds: Kinds
  readonly change: (kinds: Kinds) => PreferencesChange
}

/** Whether a group of kinds that users see as one alerts regardless of the level. */
const GroupSetting = ({ group, kinds, change }: GroupSettingProps) => {
  const { t } = useServices()
  const members = notificationKinds.filter((kind) => kindGroup(kind) === group)
  const present = new Set<Override>(members.map((kind) => kinds[kind] ?? 'level'))
  const [first = 'level', ...others] = present
  const value: Override = others.length > 0 ? 'mixed' : first
  const options: readonly SelectOption<Override>[] = [
    ['level', t('settings.byLevel')],
    ['always', t('settings.always')],
    ['never', t('settings.never')],
    // This page cannot make such a choice; only a program can.
    ...(value === 'mixed' ? [['mixed', t('settings.mixed')] as const] : []),
  ]
  return (
    <ChoiceSetting
      label={t(`inbox.${group}`)}
      value={value}
      options={options}
      change={(chosen) => {
        if (chosen === 'mixed') return change(kinds)
        const rest = Object.entries(kinds).filter(([kind]) => !members.some((member) => member === kind))
        const own = chosen === 'level' ? [] : members.map((kind) => [kind, chosen] as const)
        return change(Object.fromEntries([...rest, ...own]))
      }}
    />
  )
}

interface MutedTopicsProps {
  readonly account: AccountView
  readonly topics: readonly number[]
}

const MutedTopics = ({ account, topics }: MutedTopicsProps) => {
  const { t, host } = useServices()
  const { change, failure } = useChange()
  const { offer } = useUndo()
  const { frame, willRemove } = useFocusAfterRemoval(topics.length)
  if (topics.length === 0) return null
  // The inbox may still know a topic's title; the list of muted topics has only their numbers.
  const nameOf = (topic: number) =>
    (account.items ?? []).find((item) => item.topic === topic)?.title ?? t('settings.topic', { number: String(topic) })
  const unmute = (topic: number) => {
    willRemove(topics.indexOf(topic))
    const mutedTopics = topics.filter((other) => other !== topic)
    change({ accounts: { [account.id]: { mutedTopics } } }, () =>
      offer({
        text: t('undo.unmuted', { topic: nameOf(topic) }),
        undo: () => host.execute('topic.mute', { account: account.id, topic }),
      }),
    )
  }
  return (
    <div className={styles['row']}>
      <div ref={frame} className={styles['words']}>
        <h2 className={styles['subheading']}>{t('settings.muted')}</h2>
        <ul className={styles['list']}>
          {topics.map((topic) => (
            <li key={topic} data-entry className={styles['listItem']}>
              <span className={styles['listText']}>{nameOf(topic)}</span>
              <Button
                compact
                look="quiet"
                label={t('settings.unmuteOf', { topic: nameOf(topic) })}
                onClick={() => unmute(topic)}
              >
                {t('settings.unmute')}
              </Button>
            </li>
          ))}
        </ul>
        {failure !== null && <FailureNote failure={failure} />}
      </div>
    </div>
  )
}
