import { type KeyboardEvent, memo, useId, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { needsUser, newsLine } from '../../common/glance/glance.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { AccountRemedy } from '../home/account-remedy.tsx'
import { TopicsLine } from '../home/topics-line.tsx'
import { MarkAllDialog } from '../inbox/mark-all-dialog.tsx'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { AccountItems } from './account-items.tsx'
import { AccountMenu } from './account-menu.tsx'
import { CountBadges } from './count-badges.tsx'
import styles from './row.module.css'

interface AccountRowProps {
  readonly account: AccountView
  readonly send: Send
  readonly onOpen: (account: string) => void
  readonly onSignIn: (account: AccountView) => Promise<void>
  /** Whether its newest notifications are shown below it. */
  readonly isExpanded: boolean
  readonly onExpand: (account: string, isExpanded: boolean) => void
  readonly onInbox: (account: string) => void
  /** Whether it is just being dragged to another place. */
  readonly isDragged: boolean
}

/**
 * One account at a glance. The whole row is a link to its notifications; what else can be done lies above it. It is
 * rendered again only for a change of its own account: there may be hundreds.
 */
export const AccountRow = memo((props: AccountRowProps) => {
  const { account, send, onOpen, onSignIn, isExpanded, onExpand, onInbox, isDragged } = props
  const { t, minutes } = useServices()
  const lineId = useId()
  const countsId = useId()
  const itemsId = useId()
  const [isAsking, setAsking] = useState(false)
  const { site, username, state, counts, checkedAt, items } = account
  const isLive = account.isLive && state.kind === 'fresh'
  const line = useTimedText(minutes, (now) => newsLine(t, account, now))
  const age = useTimedText(minutes, (now) => (checkedAt === null || isLive ? '' : ageText(t, checkedAt, now)))
  const isNew = (counts?.total ?? 0) > 0
  const isOld = state.kind !== 'fresh'
  const mark = needsUser(account) ? 'waits' : isNew ? 'new' : 'none'
  const hasUnread = (counts?.notifications ?? 0) + (counts?.messages ?? 0) > 0 || items?.some(({ read }) => !read)
  const canMark = hasUnread === true && (state.kind === 'fresh' || state.kind === 'new' || state.kind === 'stale')
  const ask = canMark ? () => setAsking(true) : null
  const open = () => onOpen(account.id)
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent) => {
    const forwards = currentTarget.matches('[dir="rtl"] *') ? 'ArrowLeft' : 'ArrowRight'
    if (key === 'ArrowRight' || key === 'ArrowLeft') onExpand(account.id, key === forwards)
  }

  return (
    <li data-account={account.id} className={`${styles['item']} ${isDragged ? styles['dragged'] : ''}`}>
      <div className={`${styles['row']} ${isOld ? styles['old'] : ''}`}>
        <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
        <span data-handle="" aria-hidden="true" className={styles['handle']}>
          <Icon name="grip" size={14} />
        </span>
        <SiteAvatar site={site} icon={account.icon} mark={mark} />
        <div className={styles['words']}>
          <div className={styles['first']}>
            <a
              className={`${styles['title']} ${styles['link']} ${isNew ? styles['new'] : ''}`}
              href={account.links.notifications}
              target="_blank"
              rel="noopener noreferrer"
              title={line}
              aria-label={t('overview.openForum', { title: site.title, username })}
              aria-describedby={`${countsId} ${lineId}`}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              draggable={false}
              onKeyDown={onKeyDown}
              onClick={open}
              onAuxClick={(event) => {
                if (event.button === 1) open()
              }}
            >
              {site.title}
            </a>
            <span className={styles['username']}>{username}</span>
            <span id={countsId} className={styles['counts']}>
              {counts !== null && <CountBadges counts={counts} />}
            </span>
          </div>
          <div className={styles['second']}>
            <p id={lineId} className={styles['line']}>
              {line}
            </p>
            {isLive && (
              <p className={`${styles['age']} ${styles['live']}`} title={t('inbox.liveExplain')}>
                <span className="visually-hidden">{t('inbox.liveExplain')}</span>
                <Icon name="live" size={12} />
                <span aria-hidden="true">{t('inbox.live')}</span>
              </p>
            )}
            {age !== '' && (
              <p className={styles['age']}>
                <span className="visually-hidden">{t('overview.checked', { age })}</span>
                <span aria-hidden="true">{age}</span>
              </p>
            )}
            <div className={styles['actions']}>
              {ask !== null && !isExpanded && (
                <button
                  type="button"
                  className={styles['markAll']}
                  aria-label={t('inbox.markAllOf', { title: site.title, username })}
                  onClick={ask}
                >
                  {t('inbox.markAll')}
                </button>
              )}
              <MenuButton
                icon="more"
                label={t('overview.more', { title: site.title, username })}
                compact
                items={(frame) => <AccountMenu {...frame} account={account.id} send={send} />}
              />
            </div>
          </div>
          {counts !== null && <TopicsLine counts={counts} />}
        </div>
        {state.kind === 'needsSignIn' && (
          <div className={styles['remedy']}>
            <Button
              compact
              label={t('overview.signInTo', { title: site.title, username })}
              onClick={() => void onSignIn(account)}
            >
              {t('overview.signIn')}
            </Button>
          </div>
        )}
        {state.kind === 'locked' && (
          <div className={styles['remedy']}>
            <Button compact onClick={() => send('vault.retry', {})}>
              {t('vault.retry')}
            </Button>
          </div>
        )}
        {'failure' in state && (
          <div className={styles['remedy']}>
            <AccountRemedy account={account} send={send} />
          </div>
        )}
        <button
          type="button"
          className={styles['expand']}
          aria-label={t('inbox.expand', { title: site.title, username })}
          data-tooltip={t('inbox.expand', { title: site.title, username })}
          aria-expanded={isExpanded}
          aria-controls={isExpanded ? itemsId : undefined}
          onClick={() => onExpand(account.id, !isExpanded)}
          onKeyDown={onKeyDown}
        >
          <Icon name="down" size={14} />
        </button>
      </div>
      {isExpanded && <AccountItems id={itemsId} account={account} onMarkAll={ask} onOpen={onOpen} onInbox={onInbox} />}
      {isAsking && <MarkAllDialog accounts={[account]} onClose={() => setAsking(false)} />}
    </li>
  )
})
