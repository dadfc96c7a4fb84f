import { memo, useId } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Site } from '../../common/contract/snapshot.ts'
import { notificationIcon, notificationText } from '../../common/i18n/notification-text.ts'
import { ageText, clockText } from '../../common/i18n/time-text.ts'
import { useSingleKeys } from '../app/use-page-keys.ts'
import { useServices, useTimedText } from '../services/services.ts'
import { Icon } from '../ui/icon.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './notification-row.module.css'

interface NotificationRowProps {
  /** Id of the account. */
  readonly account: string
  readonly site: Site
  /** The forum's own icon, where we have it. */
  readonly icon: string | null
  readonly item: NotificationItem
  /** How the account is named; null where that is plain from the place. */
  readonly who: string | null
  /** Whether the day can be read elsewhere, so that of an older one the time of day is enough. */
  readonly isDayTold?: boolean
  /** Whether the Tab key stops here, in a list that is gone through with other keys. */
  readonly isTabStop?: boolean
  /** Whether it is being marked as read. */
  readonly isMarking?: boolean
  readonly onOpen: (account: string) => void
  readonly onMark: (account: string, notification: number) => void
}

const day = 24 * 60 * 60_000

/**
 * One notification. The whole row is a link to what it is about; the dot of an unread one marks it as read. It is rendered
 * again only for a change of its own: it takes nothing that changes with the rest of its account.
 */
export const NotificationRow = memo((props: NotificationRowProps) => {
  const { account, site, icon, item, who, isDayTold = false, isTabStop = true, isMarking = false } = props
  const { onOpen, onMark } = props
  const { t, minutes } = useServices()
  const moreId = useId()
  const { createdAt } = item
  const text = notificationText(t, item)
  const when = useTimedText(minutes, (now) =>
    isDayTold && now - createdAt >= day ? clockText(t, createdAt, createdAt) : ageText(t, createdAt, now),
  )
  const hasSingleKeys = useSingleKeys()
  const tabIndex = isTabStop ? 0 : -1
  const open = () => onOpen(account)

  return (
    <div className={`${styles['row']} ${item.read ? '' : styles['unread']} ${who === null ? styles['inner'] : ''}`}>
      {who !== null && (
        <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
      )}
      <span className={styles['icon']}>
        <Icon name={notificationIcon(item.kind)} />
      </span>
      <div className={styles['words']}>
        <a
          className={styles['text']}
          href={item.url}
          target="_blank"
          rel="noopener noreferrer"
          title={item.excerpt === null ? text : `${text}\n${item.excerpt}`}
          tabIndex={tabIndex}
          aria-describedby={moreId}
          {...(item.read || who === null || !hasSingleKeys ? {} : { 'aria-keyshortcuts': 'm' })}
          onClick={open}
          onAuxClick={(event) => {
            if (event.button === 1) open()
          }}
        >
          {!item.read && (
            <span className="visually-hidden">{t('units.named', { name: t('inbox.unread'), what: '' })}</span>
          )}
          {text}
        </a>
        <p id={moreId} className={styles['more']}>
          {who !== null && (
            <>
              <SiteAvatar small site={site} icon={icon} />
              <span className={styles['who']}>{who}</span>
            </>
          )}
          <span className={styles['excerpt']}>{item.excerpt}</span>
          <span className={styles['age']}>{when}</span>
        </p>
      </div>
      <span className={styles['end']}>
        {!item.read && (
          <button
            type="button"
            className={styles['mark']}
            tabIndex={tabIndex}
            data-tooltip={t('inbox.mark')}
            aria-label={t('inbox.markOf', { what: text })}
            aria-disabled={isMarking || undefined}
            aria-busy={isMarking || undefined}
            onClick={() => onMark(account, item.id)}
          >
            <span className={styles['dot']} />
            <Icon name="check" size={14} />
          </button>
        )}
      </span>
    </div>
  )
})
