import { useRef } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { ageText, clockText } from '../../common/i18n/time-text.ts'
import { NotificationMenu } from '../home/notification-menu.tsx'
import { Sentence } from '../home/sentence.tsx'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Button } from '../ui/button.tsx'
import { Face } from '../ui/face.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { shownWith } from './list-entries.ts'
import styles from './reading-pane.module.css'
import type { Selected } from './selected.ts'

interface ReadingPaneProps {
  readonly accounts: readonly AccountView[]
  readonly names: ReadonlyMap<string, string>
  readonly selected: Selected | null
  readonly readsOnOpen: boolean
  readonly send: Send
  readonly onOpen: (account: string) => void
}

/**
 * The notification selected in the list beside it, with everything known about it and everything that can be done with
 * it.
 */
export const ReadingPane = ({ accounts, selected, ...shared }: ReadingPaneProps) => {
  const { t } = useServices()
  const account = accounts.find(({ id }) => id === selected?.account)
  const item = account?.items?.find(({ id }) => id === selected?.notification)
  return (
    <aside aria-label={t('inbox.selected')} className={styles['pane']}>
      {account !== undefined && item !== undefined && (
        <Reading account={account} items={shownWith(item, account)} {...shared} />
      )}
    </aside>
  )
}

interface ReadingProps extends Omit<ReadingPaneProps, 'accounts' | 'selected'> {
  readonly account: AccountView
  /** What one row of the list shows, the newest first. */
  readonly items: readonly [NotificationItem, ...NotificationItem[]]
}

const Reading = ({ account, names, items, readsOnOpen, send, onOpen }: ReadingProps) => {
  const { t, minutes } = useServices()
  const { id, site, icon, snoozed } = account
  const [item, ...older] = items
  const unread = items.filter(({ read }) => !read)
  const text = notificationText(t, item)
  const age = useTimedText(minutes, (now) => ageText(t, item.createdAt, now))
  const until = snoozed.find(({ notification }) => notification === item.id)?.until
  const snoozedText = useTimedText(minutes, (now) =>
    until === undefined ? '' : t('home.snoozedUntil', { time: clockText(t, until, now) }),
  )
  const link = useRef<HTMLAnchorElement>(null)
  const markRead = () => {
    for (const { id: notification } of unread) send('notification.read', { account: id, notification })
  }
  const bringBack = () => send('notification.unsnooze', { account: id, notification: item.id })
  /** What a button does that then goes: the focus is at the link beside it. */
  const once = (act: () => void) => () => {
    act()
    link.current?.focus()
  }
  const open = () => {
    onOpen(id)
    if (readsOnOpen) markRead()
  }
  return (
    <article className={styles['article']}>
      <p className={styles['from']}>
        <SiteAvatar size="tiny" site={site} icon={icon} />
        <span className={styles['forum']}>{names.get(id) ?? site.title}</span>
        <span className={styles['age']}>{age}</span>
      </p>
      {item.title !== null && <h2 className={styles['title']}>{item.title}</h2>}
      <p className={styles['sentence']}>
        <Face large item={item} />
        <span>
          <Sentence text={text} item={item} />
        </span>
      </p>
      {older.length > 0 && (
        <ul aria-label={t('home.more', { count: older.length })} className={styles['older']}>
          {older.map((other) => (
            <li key={other.id} className={styles['sentence']}>
              <Face item={other} />
              <b>{other.actorName ?? other.actor ?? notificationText(t, other)}</b>
            </li>
          ))}
        </ul>
      )}
      {item.excerpt !== null && <p className={styles['excerpt']}>{item.excerpt}</p>}
      {snoozedText !== '' && <p className={styles['age']}>{snoozedText}</p>}
      <div className={styles['actions']}>
        <LinkButton ref={link} look="primary" href={item.url} onOpen={open}>
          {t('home.open')}
        </LinkButton>
        {until === undefined && unread.length > 0 && <Button onClick={once(markRead)}>{t('inbox.mark')}</Button>}
        {until !== undefined && <Button onClick={once(bringBack)}>{t('home.unsnooze')}</Button>}
        <MenuButton
          icon="more"
          label={t('units.named', { name: t('home.moreOf'), what: text })}
          items={(frame) => <NotificationMenu {...frame} account={id} items={items} send={send} onOpen={open} />}
        />
      </div>
    </article>
  )
}
