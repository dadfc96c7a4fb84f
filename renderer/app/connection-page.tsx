import type { Translate } from '../../common/i18n/i18n.ts'
import type { Connection } from '../host/host.ts'
import { useServices } from '../services/services.ts'
import { Prose } from '../ui/prose.tsx'
import styles from './connection-page.module.css'

type Failed = Exclude<Connection, 'connecting' | 'connected'>

/** Says why nothing can be shown, or no longer can be. */
export const ConnectionPage = ({ connection }: { readonly connection: Failed }) => {
  const { t } = useServices()
  return (
    <main className={styles['page']}>
      <h1 className={styles['title']}>{t('app.name')}</h1>
      <p role="status" className={styles['text']}>
        <Prose text={sentence(t, connection)} />
      </p>
    </main>
  )
}

const sentence = (t: Translate, connection: Failed): string => {
  switch (connection) {
    case 'lost':
      return t('page.lost')
    case 'noToken':
      return t('page.noToken')
    case 'signedOut':
      return t('page.signedOut')
  }
}
