import { memo, useId } from 'react'
import { accountLine, needsUser } from '../../common/glance.ts'
import type { AccountView } from '../../common/snapshot.ts'
import { ageText } from '../../common/time-text.ts'
import { useServices, useTimedText } from '../services.ts'
import { Button } from '../ui/button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import type { Send } from '../use-send.ts'
import { CountBadges } from './count-badges.tsx'
import styles from './row.module.css'

interface AccountRowProps {
  readonly account: AccountView
  readonly send: Send
  readonly onOpen: (account: string) => void
  readonly onSignIn: (account: AccountView) => Promise<void>
}

/**
 * One account at a glance. The whole row is a link to its notifications; only a remedy is a control of its own. It is
 * rendered again only for a change of its own account: there may be hundreds.
 */
export const AccountRow = memo(({ account, send, onOpen, onSignIn }: AccountRowProps) => {
  const { t, minutes } = useServices()
  const lineId = useId()
  const countsId = useId()
  const { site, username, state, counts, checkedAt } = account
  const line = useTimedText(minutes, (now) => accountLine(t, account, now))
  const age = useTimedText(minutes, (now) => (checkedAt === null ? '' : ageText(t, checkedAt, now)))
  const isNew = (counts?.total ?? 0) > 0
  const isOld = state.kind !== 'fresh'
  const mark = needsUser(account) ? 'waits' : isNew ? 'new' : 'none'
  const open = () => onOpen(account.id)

  return (
    <li className={`${styles['row']} ${isOld ? styles['old'] : ''}`}>
      <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
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
          {age !== '' && (
            <p className={styles['age']}>
              <span className="visually-hidden">{t('overview.checked', { age })}</span>
              <span aria-hidden="true">{age}</span>
            </p>
          )}
        </div>
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
    </li>
  )
})
