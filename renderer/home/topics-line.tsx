import type { Counts } from '../../common/contract/snapshot.ts'
import { topicsText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import styles from './topics-line.module.css'

/**
 * New and unread topics of an account and the inboxes of groups, which are counted separately; nothing if there are
 * none.
 */
export const TopicsLine = ({ counts }: { readonly counts: Counts }) => {
  const { t } = useServices()
  const text = topicsText(t, counts)
  return text === '' ? null : (
    <span className={styles['topics']} title={text}>
      {text}
    </span>
  )
}
