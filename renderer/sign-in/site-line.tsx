import type { Site } from '../../common/snapshot.ts'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './sign-in.module.css'

/** Which forum a step is about: what it calls itself, and the address it really has. */
export const SiteLine = ({ site }: { readonly site: Site }) => (
  <div className={styles['site']}>
    <SiteAvatar site={site} />
    <p className={styles['siteWords']}>
      <span className={styles['siteTitle']}>{site.title}</span>
      <span className={styles['siteHost']}>{site.host}</span>
    </p>
  </div>
)
