import type { ReactNode } from 'react'
import { useServices } from '../services/services.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './header.module.css'
import { useIsWide } from './use-is-wide.ts'
import workspace from './workspace.module.css'

/**
 * The skeleton of the overview, and of the inbox beside it in a wide window, until the first snapshot arrives; texts
 * that are already known are in their final place.
 */
export const FirstLoad = () => {
  const { t } = useServices()
  const isWide = useIsWide()
  const overview = <Skeleton of="accounts" isSilent={isWide} />
  return (
    <div className={workspace['workspace']}>
      <div className={workspace[isWide ? 'panes' : 'pane']}>
        <div className={workspace['pane']}>
          <header className={styles['header']}>
            <div className={styles['words']}>
              <h1 className={styles['title']}>{t('app.name')}</h1>
              {/* As high as the line that replaces it. */}
              <p className={styles['line']} aria-hidden="true">
                {'\u00a0'}
              </p>
            </div>
          </header>
          {isWide ? overview : <Main>{overview}</Main>}
        </div>
        {isWide && (
          <div className={workspace['pane']}>
            <div className={styles['header']}>
              <p className={styles['title']}>{t('inbox.title')}</p>
            </div>
            <Main>
              <Skeleton of="inbox" />
            </Main>
          </div>
        )}
      </div>
    </div>
  )
}

const Main = ({ children }: { readonly children: ReactNode }) => (
  <main className={workspace['main']}>
    <div className={workspace['column']}>{children}</div>
  </main>
)
