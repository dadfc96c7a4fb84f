import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { accountNews } from '../../common/glance/badge.ts'
import { needsUser } from '../../common/glance/glance.ts'
import { type AccountGroup, longestGroupName } from '../../common/preferences/overview-preferences.ts'
import { rovingStop } from '../home/use-roving-focus.ts'
import { useServices } from '../services/services.ts'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import styles from './group-heading.module.css'
import type { Rearranging } from './use-rearranging.ts'

interface GroupHeadingProps {
  readonly group: AccountGroup
  readonly accounts: readonly AccountView[]
  readonly snapshot: Snapshot
  readonly rearranging: Rearranging
  /** Whether the user has just made it and gives it a name first. */
  readonly isNew: boolean
}

/** The name of a group with what is new in it; folds it and unfolds it. */
export const GroupHeading = ({ group, accounts, snapshot, rearranging, isNew }: GroupHeadingProps) => {
  const { t } = useServices()
  const { overview, renameGroup, foldGroup, moveGroup, removeGroup } = rearranging
  /** `named` is after the field was left by a key: the focus goes back to the heading. */
  const [naming, setNaming] = useState<'no' | 'naming' | 'named'>(isNew ? 'naming' : 'no')
  const fold = useRef<HTMLButtonElement>(null)
  const { id, name, isFolded } = group
  const count = accounts.reduce((sum, account) => sum + accountNews(snapshot, account), 0)
  const waiting = isFolded ? accounts.filter(needsUser).length : 0
  const at = overview.groups.findIndex((other) => other.id === id)

  useEffect(() => {
    if (naming === 'named') fold.current?.focus()
  }, [naming])

  const finish = (next: string | null, isFocusKept: boolean) => {
    setNaming(isFocusKept ? 'named' : 'no')
    const trimmed = next?.trim() ?? ''
    if (trimmed !== '' && trimmed !== name) renameGroup(id, trimmed)
  }

  return (
    <li data-group={id} data-row="" className={styles['heading']}>
      {naming === 'naming' ? (
        <NameField name={name} onDone={finish} />
      ) : (
        <h2 className={styles['title']}>
          <button
            {...rovingStop}
            ref={fold}
            type="button"
            className={styles['fold']}
            aria-expanded={!isFolded}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
            onClick={() => foldGroup(id, !isFolded)}
          >
            <DisclosureArrow />
            <span className={styles['name']} title={name}>
              {name}
            </span>
            {waiting > 0 && (
              <span className={styles['waits']}>
                <span className="visually-hidden">{t('tray.needAttention', { count: waiting })}</span>
              </span>
            )}
            {count > 0 && <span className={styles['count']}>{t('overview.groupNew', { count })}</span>}
          </button>
        </h2>
      )}
      <div className={styles['more']}>
        <MenuButton
          icon="more"
          label={t('overview.groupMore', { name })}
          compact
          items={[
            { label: t('overview.rename'), onChoose: () => setNaming('naming') },
            { label: t('overview.moveUp'), isDisabled: at === 0, onChoose: () => moveGroup(id, 'up') },
            {
              label: t('overview.moveDown'),
              isDisabled: at === overview.groups.length - 1,
              onChoose: () => moveGroup(id, 'down'),
            },
            { label: t('overview.removeGroup'), onChoose: () => removeGroup(id) },
          ]}
        />
      </div>
    </li>
  )
}

interface NameFieldProps {
  readonly name: string
  /** Called once, with null when the name stays. */
  readonly onDone: (name: string | null, isFocusKept: boolean) => void
}

const NameField = ({ name, onDone }: NameFieldProps) => {
  const { t } = useServices()
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const done = (next: string | null, isFocusKept: boolean) => {
    if (!isDone.current) onDone(next, isFocusKept)
    isDone.current = true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter and Esc are the input method's own while it composes.
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    // Or Enter would also press the heading, which has the focus by then.
    event.preventDefault()
    done(event.key === 'Enter' ? event.currentTarget.value : null, true)
  }
  return (
    <input
      ref={field}
      className={styles['field']}
      aria-label={t('overview.groupName')}
      defaultValue={name}
      maxLength={longestGroupName}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => done(currentTarget.value, false)}
    />
  )
}
