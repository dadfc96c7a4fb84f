import type { NotificationItem } from '../../common/contract/notification.ts'
import { notificationIcon } from '../../common/i18n/notification-text.ts'
import styles from './face.module.css'
import { Icon } from './icon.tsx'
import { Picture } from './picture.tsx'
import { firstLetter } from './site-avatar.tsx'

interface FaceProps {
  readonly item: NotificationItem
  /** As high as two lines. */
  readonly large?: boolean
}

/**
 * Who did it, by the picture that the forum has of them, and in its corner what they did; where the forum shows no faces, what
 * was done alone. The sentence beside it says both.
 */
export const Face = ({ item, large = false }: FaceProps) => {
  const { face, actor, kind, emoji } = item
  const drawing =
    emoji === undefined ? <Icon name={notificationIcon(kind)} size={face === undefined ? 16 : 10} /> : emoji
  const size = large ? styles['large'] : ''
  if (face === undefined || actor === null) {
    return (
      <span aria-hidden="true" className={`${styles['face']} ${styles['kind']} ${size}`}>
        {drawing}
      </span>
    )
  }
  return (
    <span aria-hidden="true" className={`${styles['face']} ${size}`}>
      <Picture
        src={face}
        className={styles['picture'] ?? ''}
        otherwise={<span className={styles['letter']}>{firstLetter(actor)}</span>}
      />
      <span className={styles['corner']}>{drawing}</span>
    </span>
  )
}
