import type { AccountView } from '../../common/snapshot.ts'
import styles from '../header.module.css'
import { useServices } from '../services.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'

interface InboxHeaderProps {
  readonly accounts: readonly AccountView[]
  readonly onBack: () => void
}

export const InboxHeader = ({ accounts, onBack }: InboxHeaderProps) => {
  const { t } = useServices()
  const back = useFocusOnMount<HTMLButtonElement>()
  const unread = accounts.reduce((sum, { items }) => sum + (items ?? []).filter(({ read }) => !read).length, 0)
  return (
    <header className={`${styles['header']} ${styles['inner']}`}>
      <IconButton ref={back} icon="back" label={t('access.back')} onClick={onBack} />
      <div className={styles['words']}>
        <h1 className={styles['title']}>{t('inbox.title')}</h1>
        <p role="status" className={styles['line']}>
          {t('inbox.line', { count: unread })}
        </p>
      </div>
    </header>
  )
}
