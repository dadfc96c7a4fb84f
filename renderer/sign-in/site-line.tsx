import { useSyncExternalStore } from 'react'
import type { Site } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { SiteAvatar, siteIcon } from '../ui/site-avatar.tsx'
import styles from './sign-in.module.css'

/** Which forum a step is about: its title, and its real address. */
export const SiteLine = ({ site }: { readonly site: Site }) => {
  const { host } = useServices()
  const { snapshot } = useSyncExternalStore(host.subscribe, host.getState)
  return (
    <div className={styles['site']}>
      <SiteAvatar site={site} icon={siteIcon(snapshot?.accounts ?? [], site)} />
      <p className={styles['siteWords']}>
        <span className={styles['siteTitle']}>{site.title}</span>
        <span className={styles['siteHost']}>{site.host}</span>
      </p>
    </div>
  )
}
