import { statusLine } from '../../common/glance.ts'
import type { Snapshot } from '../../common/snapshot.ts'
import styles from '../header.module.css'
import { useServices } from '../services.ts'
import { CalmStatus } from '../ui/calm-status.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'

interface InboxHeaderProps {
  readonly snapshot: Snapshot
  readonly onBack: () => void
}

/** Says the same as the overview: what is new by the forums' counts, which the list need not hold all of. */
export const InboxHeader = ({ snapshot, onBack }: InboxHeaderProps) => {
  const { t } = useServices()
  const back = useFocusOnMount<HTMLButtonElement>()
  return (
    <header className={`${styles['header']} ${styles['inner']}`}>
      <IconButton ref={back} icon="back" label={t('access.back')} onClick={onBack} />
      <div className={styles['words']}>
        <h1 className={styles['title']}>{t('inbox.title')}</h1>
        <CalmStatus text={statusLine(t, snapshot)} className={styles['line']} />
      </div>
    </header>
  )
}
