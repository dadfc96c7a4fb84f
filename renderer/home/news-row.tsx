import { memo, Suspense, useId } from 'react'
import { notificationText } from '../../common/i18n/notification-text.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { NotificationMenu } from '../app/lazy-views.ts'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { useIsPainted } from '../ui/use-is-painted.ts'
import styles from './home.module.css'
import type { NewsGroup } from './home-content.ts'
import { Others } from './others.tsx'
import { Sentence } from './sentence.tsx'
import { rovingStop } from './use-roving-focus.ts'

interface NewsRowProps {
  /** Id of the account. */
  readonly account: string
  readonly group: NewsGroup
  readonly readsOnOpen: boolean
  readonly send: Send
  readonly onOpen: (account: string) => void
}

/**
 * What is new about one topic: who did what, an excerpt, and when. The whole row is a link to it. Rendered again only
 * when its own notifications change.
 */
export const NewsRow = memo(
  ({ account, group, readsOnOpen, send, onOpen }: NewsRowProps) => {
    const { t, host, minutes } = useServices()
    const isPainted = useIsPainted()
    const moreId = useId()
    const ageId = useId()
    const { newest, items } = group
    const text = notificationText(t, newest)
    const age = useTimedText(minutes, (now) => ageText(t, newest.createdAt, now))
    const others = items.length - 1
    const unread = items.filter(({ read }) => !read)
    const markRead = () => {
      for (const { id } of unread) send('notification.read', { account, notification: id })
    }
    const open = () => {
      onOpen(account)
      // The results do not matter: even if marking fails, the forum marks it when its page is opened.
      if (readsOnOpen)
        for (const { id } of unread) void host.execute('notification.read', { account, notification: id })
    }

    return (
      <li data-row="" className={`${styles['row']} ${unread.length === 0 ? styles['read'] : ''}`}>
        <Face item={newest} />
        <div className={styles['words']}>
          <a
            {...rovingStop}
            className={`${styles['text']} ${styles['link']}`}
            href={newest.url}
            target="_blank"
            rel="noopener noreferrer"
            title={newest.excerpt === null ? text : `${text}\n${newest.excerpt}`}
            aria-describedby={`${moreId} ${ageId}`}
            onClick={open}
            onAuxClick={({ button }) => button === 1 && open()}
          >
            {unread.length > 0 && (
              <span className="visually-hidden">{t('units.named', { name: t('inbox.unread'), what: '' })}</span>
            )}
            <Sentence text={text} item={newest} />
          </a>
          {(newest.excerpt !== null || others > 0) && (
            <p id={moreId} className={styles['second']}>
              {newest.excerpt !== null && <span className={styles['excerpt']}>{newest.excerpt}</span>}
              <Others count={others} />
            </p>
          )}
        </div>
        <span className={styles['end']}>
          <span id={ageId} className={styles['age']}>
            {age}
          </span>
          <span className={styles['hoverOnly']}>
            {isPainted && (
              <MenuButton
                compact
                icon="more"
                label={t('units.named', { name: t('home.moreOf'), what: text })}
                items={(frame) => (
                  <Suspense>
                    <NotificationMenu {...frame} account={account} items={items} send={send} onOpen={open} />
                  </Suspense>
                )}
              />
            )}
          </span>
          {unread.length > 0 && (
            <button
              type="button"
              tabIndex={-1}
              className={styles['mark']}
              data-tooltip={t('inbox.mark')}
              aria-label={t('inbox.markOf', { what: text })}
              onClick={markRead}
            >
              <span className={styles['dot']} />
              <Icon name="check" size={14} />
            </button>
          )}
        </span>
      </li>
    )
  },
  (before, after) =>
    before.account === after.account &&
    before.readsOnOpen === after.readsOnOpen &&
    before.send === after.send &&
    before.onOpen === after.onOpen &&
    before.group.items.length === after.group.items.length &&
    before.group.items.every((item, index) => item === after.group.items[index]),
)
