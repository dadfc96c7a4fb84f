import { useEffect, useRef } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { totalUncounted } from '../../common/glance/badge.ts'
import { type Condition, conditionTexts, statusLine } from '../../common/glance/glance.ts'
import { quietTexts } from '../../common/i18n/quiet-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { useNow, useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import styles from './header.module.css'
import { PauseControl } from './pause-control.tsx'
import type { View } from './view.ts'

interface HeaderState {
  readonly sign: Condition | 'paused' | 'quiet' | 'uncounted' | 'checked'
  readonly text: string
}

const signs = {
  paused: 'pause',
  quiet: 'moon',
  needsYou: 'needsYou',
  notReachable: 'offline',
  notCurrent: 'old',
  rateLimited: 'clock',
  beingRevoked: 'revoking',
  mutedAccounts: 'muted',
  uncounted: 'uncounted',
  checked: 'check',
} as const satisfies Record<HeaderState['sign'], IconName>

interface OverviewHeaderProps {
  readonly snapshot: Snapshot
  readonly isRefreshing: boolean
  /** Whether the user has asked for a check here, and it has finished. */
  readonly isChecked: boolean
  readonly send: Send
  readonly onAccess: () => void
  readonly onSettings: () => void
  /** The view that the user comes back from, if it was opened here: the button that opened it gets the focus. */
  readonly from: View['kind'] | null
}

export const OverviewHeader = (props: OverviewHeaderProps) => {
  const { snapshot, isRefreshing, isChecked, send, onAccess, onSettings, from } = props
  const { t, minutes } = useServices()
  const now = useNow(minutes)
  const checkedAt = Math.max(0, ...snapshot.accounts.map((account) => account.checkedAt ?? 0))
  // Listed below like all that is new: with it, the number above is that of the list.
  const uncounted = totalUncounted(snapshot)
  const states: readonly HeaderState[] = [
    ...quietTexts(t, snapshot, now).map(
      ({ reason, text }) => ({ sign: reason === 'paused' ? 'paused' : 'quiet', text }) as const,
    ),
    ...conditionTexts(t, snapshot).map(({ condition, text }) => ({ sign: condition, text })),
    ...(uncounted > 0 ? [{ sign: 'uncounted', text: t('home.uncounted', { count: uncounted }) } as const] : []),
    ...(isChecked && checkedAt > 0
      ? [{ sign: 'checked', text: t('overview.checked', { age: ageText(t, checkedAt, now) }) } as const]
      : []),
  ]
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  const access = useRef<HTMLButtonElement>(null)
  const settings = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (from === 'access') access.current?.focus()
    if (from === 'settings') settings.current?.focus()
  }, [from])

  return (
    <header className={styles['header']}>
      <div className={styles['words']}>
        <h1 className={isEmpty ? styles['title'] : 'visually-hidden'}>{t('app.name')}</h1>
        <p className={isEmpty ? styles['line'] : styles['title']}>{statusLine(t, snapshot)}</p>
        {states.length > 0 && (
          <p className={styles['states']} title={states.map(({ text }) => text).join(t('units.dot'))}>
            {states.map(({ sign, text }) => (
              <span key={text} className={styles['state']}>
                <span className={`${styles['sign']} ${styles[sign]}`}>
                  <Icon name={signs[sign]} size={12} />
                </span>
                {text}
              </span>
            ))}
          </p>
        )}
      </div>
      {/* In an empty overview there is nothing to pause or check. */}
      {!isEmpty && (
        <>
          <PauseControl isPaused={snapshot.quiet.reason === 'paused'} send={send} />
          <IconButton
            icon="refresh"
            label={t('overview.refresh')}
            busy={isRefreshing}
            onClick={() => send('account.refresh', {})}
          />
        </>
      )}
      <IconButton ref={access} icon="key" label={t('overview.access')} onClick={onAccess} />
      <IconButton ref={settings} icon="settings" label={t('settings.title')} onClick={onSettings} />
    </header>
  )
}

/** The id of the heading that names the view. */
export const viewTitle = 'view-title'

interface InnerHeaderProps {
  readonly title: string
  readonly line: string
  /** The label of the Back button. */
  readonly back: string
  readonly onBack: () => void
}

/** The header of a view that was opened from another one. */
export const InnerHeader = ({ title, line, back, onBack }: InnerHeaderProps) => {
  const button = useFocusOnMount<HTMLButtonElement>()
  return (
    <header className={`${styles['header']} ${styles['inner']}`}>
      <IconButton ref={button} icon="back" label={back} describedBy={viewTitle} onClick={onBack} />
      <div className={styles['words']}>
        <h1 id={viewTitle} className={styles['title']}>
          {title}
        </h1>
        <p className={styles['line']}>{line}</p>
      </div>
    </header>
  )
}
