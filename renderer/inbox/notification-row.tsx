import { memo, useId } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Site } from '../../common/contract/snapshot.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { ageText, clockText } from '../../common/i18n/time-text.ts'
import { useSingleKeys } from '../app/use-page-keys.ts'
import { NotificationMenu } from '../home/notification-menu.tsx'
import { Others } from '../home/others.tsx'
import { Sentence } from '../home/sentence.tsx'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { MarkedText } from './marked-text.tsx'
import styles from './notification-row.module.css'

interface NotificationRowProps {
  /** Id of the account. */
  readonly account: string
  readonly site: Site
  /** The forum's own icon, if we have it. */
  readonly icon: string | null
  /** Its notifications, the newest first; it shows the newest, and how many more there are. */
  readonly items: readonly [NotificationItem, ...NotificationItem[]]
  /** The account's name. */
  readonly who: string
  /** Whether a heading shows the day, so that the time of day is enough for an older notification. */
  readonly isDayTold?: boolean
  /** Whether the Tab key stops here, in a list that is navigated with other keys. */
  readonly isTabStop?: boolean
  /** Whether it is being marked as read. */
  readonly isMarking?: boolean
  /** The search words. */
  readonly search?: string
  /** Whether the reading pane shows it. */
  readonly isSelected?: boolean
  /** Whether one click selects it, and two open it. */
  readonly selects?: boolean
  /** When it comes back, in milliseconds since 1970; null for one that is not snoozed. */
  readonly snoozedUntil?: number | null
  readonly send: Send
  readonly onOpen: (account: string, items: readonly NotificationItem[]) => void
  readonly onMark: (account: string, items: readonly NotificationItem[]) => void
}

const day = 24 * 60 * 60_000

/**
 * One notification, or several about one thing. The whole row is a link to it; the dot of an unread one marks it as
 * read. It is rendered again only when it changes itself: no prop changes with the rest of its account.
 */
export const NotificationRow = memo((props: NotificationRowProps) => {
  const { account, site, icon, items, who, isDayTold = false, isTabStop = true, search = '' } = props
  const { isSelected = false, selects = false, snoozedUntil = null, onOpen } = props
  const { t, minutes } = useServices()
  const moreId = useId()
  const [item] = items
  const { createdAt } = item
  const others = items.length - 1
  const text = notificationText(t, item)
  const when = useTimedText(minutes, (now) =>
    snoozedUntil !== null
      ? t('home.snoozedUntil', { time: clockText(t, snoozedUntil, now) })
      : isDayTold && now - createdAt >= day
        ? clockText(t, createdAt, createdAt)
        : ageText(t, createdAt, now),
  )
  const hasSingleKeys = useSingleKeys()
  const tabIndex = isTabStop ? 0 : -1
  const open = () => onOpen(account, items)
  const isUnread = items.some(({ read }) => !read) && snoozedUntil === null

  return (
    <div
      data-row=""
      className={[styles['row'], isUnread && styles['unread'], isSelected && styles['selected']]
        .filter(Boolean)
        .join(' ')}
    >
      <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
      <Face item={item} />
      <div className={styles['words']}>
        <a
          className={styles['text']}
          href={item.url}
          target="_blank"
          rel="noopener noreferrer"
          title={item.excerpt === null ? text : `${text}\n${item.excerpt}`}
          tabIndex={tabIndex}
          aria-describedby={moreId}
          {...(items.every(({ read }) => read) || !hasSingleKeys ? {} : { 'aria-keyshortcuts': 'm' })}
          aria-current={isSelected || undefined}
          onClick={(event) => {
            // A press of Enter has a detail of 0.
            if (selects && event.detail === 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey)
              event.preventDefault()
            else open()
          }}
          onAuxClick={(event) => {
            if (event.button === 1) open()
          }}
        >
          {isUnread && (
            <span className="visually-hidden">{t('units.named', { name: t('inbox.unread'), what: '' })}</span>
          )}
          <Sentence text={text} item={item} write={(part) => <MarkedText text={part} search={search} />} />
        </a>
        <p id={moreId} className={styles['more']}>
          <SiteAvatar size="tiny" site={site} icon={icon} />
          <span className={styles['who']}>
            <MarkedText text={who} search={search} />
          </span>
          <Others count={others} />
          <span className={styles['excerpt']}>
            <MarkedText text={item.excerpt ?? ''} search={search} />
          </span>
          <span className={styles['age']}>{when}</span>
        </p>
      </div>
      <RowActions {...props} text={text} isUnread={isUnread} open={open} />
    </div>
  )
})

interface RowActionsProps extends NotificationRowProps {
  readonly text: string
  readonly isUnread: boolean
  readonly open: () => void
}

/** What can be done with a row besides opening it. */
const RowActions = (props: RowActionsProps) => {
  const { account, items, isTabStop = true, isMarking = false, snoozedUntil = null, send, onMark } = props
  const { text, isUnread, open } = props
  const { t } = useServices()
  const tabIndex = isTabStop ? 0 : -1
  return (
    <span className={styles['end']}>
      <span className={styles['menu']}>
        <MenuButton
          compact
          icon="more"
          tabIndex={tabIndex}
          label={t('units.named', { name: t('home.moreOf'), what: text })}
          items={(frame) => <NotificationMenu {...frame} account={account} items={items} send={send} onOpen={open} />}
        />
      </span>
      {isUnread && (
        <button
          type="button"
          className={styles['mark']}
          tabIndex={tabIndex}
          data-tooltip={t('inbox.mark')}
          aria-label={t('inbox.markOf', { what: text })}
          aria-disabled={isMarking || undefined}
          aria-busy={isMarking || undefined}
          onClick={() => onMark(account, items)}
        >
          <span className={styles['dot']} />
          <Icon name="check" size={14} />
        </button>
      )}
      {snoozedUntil !== null && (
        <IconButton
          compact
          icon="bell"
          tabIndex={tabIndex}
          label={t('home.unsnooze')}
          onClick={() => send('notification.unsnooze', { account, notification: items[0].id })}
        />
      )}
    </span>
  )
}
