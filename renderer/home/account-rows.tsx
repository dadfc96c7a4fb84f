import { memo, Suspense } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountLine } from '../../common/glance/glance.ts'
import { ageText } from '../../common/i18n/time-text.ts'
import { AccountRemedy, ArrangingMenu, TopicsLine } from '../app/lazy-views.ts'
import { useServices, useTimedText } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import styles from './home.module.css'
import { Sign, stateIcon, stateText } from './state-sign.tsx'
import { rovingStop } from './use-roving-focus.ts'

interface AccountRowProps {
  readonly account: AccountView
  readonly name: string
  readonly send: Send
  readonly onOpen: (account: string) => void
}

interface AttentionRowProps extends AccountRowProps {
  readonly onSignIn: (account: AccountView) => Promise<void>
}

interface QuietRowProps extends AccountRowProps {
  readonly isMuted: boolean
}

/** An account in trouble: a sign, what is the matter, and what helps. */
export const AttentionRow = memo((props: AttentionRowProps) => {
  const { account, name, send, onSignIn } = props
  const { t, minutes } = useServices()
  const { site, username, state } = account
  const isWaiting = state.kind === 'needsSignIn' || state.kind === 'locked'
  const short = useTimedText(minutes, (now) => stateText(t, account, now))
  const sentence = useTimedText(minutes, (now) => accountLine(t, account, now))
  return (
    <li
      data-account={account.id}
      data-row=""
      className={`${styles['attention']} ${styles[isWaiting ? 'waits' : 'wrong']}`}
    >
      <span className={styles['stateSign']}>
        <Icon name={stateIcon(state.kind)} size={16} />
      </span>
      <div className={styles['words']}>
        <p className={styles['firstLine']}>
          <AccountLink {...props} />
          <span className={styles['state']}>{short}</span>
        </p>
        <p className={styles['sentence']} title={sentence}>
          {sentence}
        </p>
      </div>
      {state.kind === 'needsSignIn' && (
        <Button
          compact
          label={t('overview.signInTo', { title: site.title, username })}
          onClick={() => void onSignIn(account)}
        >
          {t('overview.signIn')}
        </Button>
      )}
      {state.kind === 'locked' && (
        <Button compact onClick={() => send('vault.retry', {})}>
          {t('vault.retry')}
        </Button>
      )}
      <span className={styles['actions']}>
        <Suspense>
          <AccountRemedy account={account} send={send} />
        </Suspense>
        <More account={account} name={name} send={send} />
      </span>
    </li>
  )
})

/** An account with nothing new: its name, and the age of its last notification. */
export const QuietRow = memo((props: QuietRowProps) => {
  const { account, name, isMuted, send } = props
  const { t, minutes } = useServices()
  const { site, state, items, counts } = account
  const newest = items?.[0]?.createdAt
  const age = useTimedText(minutes, (now) => (newest === undefined ? '' : ageText(t, newest, now)))
  return (
    <li data-account={account.id} data-row="" className={styles['quiet']}>
      <SiteAvatar small site={site} icon={account.icon} />
      <span className={styles['words']}>
        <AccountLink {...props} />
        {counts !== null && (counts.topics ?? counts.groupInboxes) !== undefined && (
          <Suspense>
            <TopicsLine counts={counts} />
          </Suspense>
        )}
      </span>
      {isMuted && <Sign icon="muted" words={t('home.muted')} />}
      <span className={styles['age']}>{state.kind === 'new' && counts === null ? t('state.new') : age}</span>
      <span className={styles['actions']}>
        <More account={account} name={name} send={send} />
      </span>
    </li>
  )
})

const AccountLink = ({ account, name, onOpen }: AccountRowProps) => {
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

const More = ({ account, send }: Pick<AccountRowProps, 'account' | 'name' | 'send'>) => {
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
