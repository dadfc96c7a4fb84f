import { useEffect, useRef } from 'react'
import { statusLine } from '../common/glance.ts'
import type { Snapshot } from '../common/snapshot.ts'
import styles from './header.module.css'
import { PauseControl } from './pause-control.tsx'
import { useServices } from './services.ts'
import { IconButton } from './ui/icon-button.tsx'
import { useFocusOnMount } from './ui/use-focus-on-mount.ts'
import type { Send } from './use-send.ts'

interface OverviewHeaderProps {
  readonly snapshot: Snapshot
  readonly isRefreshing: boolean
  readonly send: Send
  readonly onAccess: () => void
  /** The user comes back from the access view: the focus goes where it came from. */
  readonly isReturning: boolean
}

export const OverviewHeader = ({ snapshot, isRefreshing, send, onAccess, isReturning }: OverviewHeaderProps) => {
  const { t } = useServices()
  const access = useRef<HTMLButtonElement>(null)
  const shouldFocus = useRef(isReturning)
  useEffect(() => {
    if (shouldFocus.current) access.current?.focus()
  }, [])

  return (
    <header className={styles['header']}>
      <div className={styles['words']}>
        <h1 className={styles['title']}>{t('app.name')}</h1>
        <p role="status" className={styles['line']}>
          {statusLine(t, snapshot)}
        </p>
      </div>
      <PauseControl isPaused={snapshot.quiet.reason === 'paused'} send={send} />
      <IconButton
        icon="refresh"
        label={t('overview.refresh')}
        busy={isRefreshing}
        onClick={() => send('account.refresh', {})}
      />
      <IconButton ref={access} icon="key" label={t('overview.access')} onClick={onAccess} />
    </header>
  )
}

export const AccessHeader = ({ onBack }: { readonly onBack: () => void }) => {
  const { t } = useServices()
  const back = useFocusOnMount<HTMLButtonElement>()
  return (
    <header className={`${styles['header']} ${styles['inner']}`}>
      <IconButton ref={back} icon="back" label={t('access.back')} onClick={onBack} />
      <div className={styles['words']}>
        <h1 className={styles['title']}>{t('access.title')}</h1>
        <p className={styles['line']}>{t('access.lead')}</p>
      </div>
    </header>
  )
}
