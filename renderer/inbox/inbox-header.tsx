import type { Snapshot } from '../../common/contract/snapshot.ts'
import { statusLine } from '../../common/glance/glance.ts'
import styles from '../app/header.module.css'
import { viewTitle } from '../app/header.tsx'
import { useServices } from '../services/services.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'

interface InboxHeaderProps {
  /** null where the overview is beside it and says the same. */
  readonly snapshot: Snapshot | null
  /** null where there is nothing to go back to. */
  readonly onBack: (() => void) | null
  readonly onAccess: () => void
}

/** Says the same as the overview: how much is new by the forums' counts, not all of which need be in the list. */
export const InboxHeader = ({ snapshot, onBack, onAccess }: InboxHeaderProps) => {
  const { t } = useServices()
  const back = useFocusOnMount<HTMLButtonElement>()
  return (
    <header className={`${styles['header']} ${onBack === null ? '' : styles['inner']}`}>
      {onBack !== null && (
        <IconButton ref={back} icon="back" label={t('access.back')} describedBy={viewTitle} onClick={onBack} />
      )}
      <div className={styles['words']}>
        <h1 id={viewTitle} className={styles['title']}>
          {t('inbox.title')}
        </h1>
        {snapshot !== null && <p className={styles['line']}>{statusLine(t, snapshot)}</p>}
      </div>
      {/* A wide window has it in the header of the overview. */}
      {snapshot !== null && <IconButton icon="key" label={t('overview.access')} onClick={onAccess} />}
    </header>
  )
}
