import styles from './header.module.css'
import { useServices } from './services.ts'
import { Skeleton } from './ui/skeleton.tsx'
import workspace from './workspace.module.css'

/** The overview's shape until the first snapshot is there; what is known already stands in its place. */
export const FirstLoad = () => {
  const { t } = useServices()
  return (
    <div className={workspace['workspace']}>
      <header className={styles['header']}>
        <div className={styles['words']}>
          <h1 className={styles['title']}>{t('app.name')}</h1>
          {/* As high as the line that comes. */}
          <p className={styles['line']} aria-hidden="true">
            {'\u00a0'}
          </p>
        </div>
      </header>
      <main className={workspace['main']}>
        <div className={workspace['column']}>
          <Skeleton of="accounts" />
        </div>
      </main>
    </div>
  )
}
