import { memo, useId } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { countsText } from '../../common/glance/glance.ts'
import { newsLine } from '../../common/glance/news-line.ts'
import { addressOf } from '../app/view.ts'
import { Sign, StateSign } from '../home/state-sign.tsx'
import { rovingStop } from '../home/use-roving-focus.ts'
import { wholeInbox } from '../inbox/inbox-filter.ts'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { AccountMenu } from './account-menu.tsx'
import styles from './account-row.module.css'

interface AccountRowProps {
  readonly account: AccountView
  /** The forum, with the user where there are several accounts on it. */
  readonly name: string
  readonly isMuted: boolean
  /** How much of what is new is left out of the badge. */
  readonly uncounted: number
  /** Whether the list beside it shows this account alone. */
  readonly isShown: boolean
  readonly send: Send
  /** Shows the account's notifications beside it. */
  readonly onShow: (account: string) => void
  /** Whether it is just being dragged to another place. */
  readonly isDragged: boolean
}

/**
 * One account beside its notifications: its name, what is wrong, how much is new. It is rendered again only for a change of
 * its own account: there may be hundreds.
 */
export const AccountRow = memo((props: AccountRowProps) => {
  const { account, name, isMuted, uncounted, isShown, send, onShow, isDragged } = props
  const { t, minutes } = useServices()
  const { id, site, username, counts, state } = account
  const lineId = useId()
  const line = useTimedText(minutes, (now) => newsLine(t, account, now))
  const count = counts?.total ?? 0

  return (
    <li
      data-account={id}
      data-row=""
      className={`${styles['row']} ${isDragged ? styles['dragged'] : ''} ${isShown ? styles['shown'] : ''}`}
    >
      <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
      <span data-handle="" aria-hidden="true" className={styles['handle']}>
        <Icon name="grip" size={14} />
      </span>
      <SiteAvatar size="tiny" site={site} icon={account.icon} />
      <a
        {...rovingStop}
        className={`${styles['name']} ${count > 0 ? styles['new'] : ''}`}
        href={addressOf({ kind: 'inbox', filter: { ...wholeInbox, account: id } })}
        title={`${name}\n${line}`}
        aria-label={t('inbox.openOf', { title: site.title, username })}
        aria-describedby={lineId}
        aria-current={isShown ? 'page' : undefined}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        draggable={false}
        onClick={(event) => {
          // Another tab shows it there.
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          onShow(id)
        }}
      >
        {name}
      </a>
      <span id={lineId} className="visually-hidden">
        {counts === null || count === 0 ? line : countsText(t, counts)}
      </span>
      {state.kind !== 'fresh' && state.kind !== 'new' && <StateSign account={account} />}
      {isMuted && <Sign icon="muted" words={t('home.muted')} />}
      {uncounted > 0 && <Sign icon="uncounted" words={t('home.uncounted', { count: uncounted })} />}
      {count > 0 && (
        <span className={styles['count']} aria-hidden="true">
          {count > mostShown || counts?.isCapped === true
            ? t('overview.moreThan', { count: Math.min(count, mostShown) })
            : t.number(count)}
        </span>
      )}
      <span className={styles['actions']}>
        <MenuButton
          icon="more"
          label={t('overview.more', { title: site.title, username })}
          compact
          items={(frame) => <AccountMenu {...frame} account={id} send={send} />}
        />
      </span>
    </li>
  )
})

const mostShown = 999
