import { memo, Suspense } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { ArrangingMenu } from '../app/lazy-views.ts'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './home.module.css'
import { Sign } from './state-sign.tsx'
import { TopicsLine } from './topics-line.tsx'
import { rovingStop } from './use-roving-focus.ts'

export interface AccountRowProps {
  readonly account: AccountView
  readonly name: string
  readonly send: Send
  readonly onOpen: (account: string) => void
}

interface QuietRowProps extends AccountRowProps {
  readonly isMuted: boolean
}

/** An account with nothing new: its name, and the age of its last notification. */
export const QuietRow = memo((props: QuietRowProps) => {
  const { account, name, isMuted, send } = props
  const { t, minutes } = useServices()
  const { site, state, items, counts } = account
  const newest = items?.[0]?.createdAt
  const age = useTimedText(minutes, (now) => (newest === undefined ? '' : ageText(t, newest, now)))
  return (
    <li data-account={account.id} data-row="" className={styles['quiet']}>
      <SiteAvatar size="small" site={site} icon={account.icon} />
      <span className={styles['words']}>
        <AccountLink {...props} />
        {counts !== null && <TopicsLine counts={counts} />}
      </span>
      {isMuted && <Sign icon="muted" words={t('home.muted')} />}
      <span className={styles['age']}>{state.kind === 'new' && counts === null ? t('state.new') : age}</span>
      <span className={styles['actions']}>
        <More account={account} name={name} send={send} />
      </span>
    </li>
  )
})

/** An account's name, which opens its notifications on the forum. */
export const AccountLink = ({ account, name, onOpen }: AccountRowProps) => {
  const { t } = useServices()
  return (
    <a
      {...rovingStop}
      className={`${styles['name']} ${styles['link']}`}
      href={account.links.notifications}
      target="_blank"
      rel="noopener noreferrer"
      title={name}
      aria-label={t('overview.openForum', { title: account.site.title, username: account.username })}
      onClick={() => onOpen(account.id)}
      onAuxClick={({ button }) => button === 1 && onOpen(account.id)}
    >
      {name}
    </a>
  )
}

/** The menu of an account. */
export const More = ({ account, send }: Pick<AccountRowProps, 'account' | 'name' | 'send'>) => {
  const { t } = useServices()
  return (
    <MenuButton
      compact
      icon="more"
      label={t('overview.more', { title: account.site.title, username: account.username })}
      items={(frame) => (
        <Suspense>
          <ArrangingMenu {...frame} account={account.id} send={send} />
        </Suspense>
      )}
    />
  )
}
