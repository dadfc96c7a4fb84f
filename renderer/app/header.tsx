import { useEffect, useRef } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { statusLine, troubleTexts } from '../../common/glance/glance.ts'
import { quietLine } from '../../common/i18n/quiet-text.ts'
import { useNow, useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import styles from './header.module.css'
import { PauseControl } from './pause-control.tsx'
import type { View } from './view.ts'

interface OverviewHeaderProps {
  readonly snapshot: Snapshot
  readonly isRefreshing: boolean
  readonly send: Send
  readonly onAccess: () => void
  readonly onSettings: () => void
  /** The view that the user comes back from, if it was opened here: the focus goes to what opened it. */
  readonly from: View['kind'] | null
}

export const OverviewHeader = (props: OverviewHeaderProps) => {
  const { snapshot, isRefreshing, send, onAccess, onSettings, from } = props
  const { t, minutes } = useServices()
  const quiet = quietLine(t, snapshot, useNow(minutes))
  const states = [...(quiet === null ? [] : [quiet]), ...troubleTexts(t, snapshot)]
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
          <p className={styles['states']} title={states.join(t('units.dot'))}>
            {states.map((state) => (
              <span key={state}>{state}</span>
            ))}
          </p>
        )}
      </div>
      {/* In an empty overview there is nothing to pause or to check, and the rest is offered in words. */}
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

interface InnerHeaderProps {
  readonly title: string
  readonly line: string
  /** What the way back is called. */
  readonly back: string
  readonly onBack: () => void
}

/** The header of a view that was opened from another one. */
export const InnerHeader = ({ title, line, back, onBack }: InnerHeaderProps) => {
  const button = useFocusOnMount<HTMLButtonElement>()
  return (
    <header className={`${styles['header']} ${styles['inner']}`}>
      <IconButton ref={button} icon="back" label={back} onClick={onBack} />
      <div className={styles['words']}>
        <h1 className={styles['title']}>{title}</h1>
        <p className={styles['line']}>{line}</p>
      </div>
    </header>
  )
}
