import type { AccountView, AttemptView } from '../../common/contract/snapshot.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import { Countdown } from '../sign-in/countdown.tsx'
import type { SignIn } from '../sign-in/use-sign-in.ts'
import { Button } from '../ui/button.tsx'
import { SiteAvatar, siteIcon } from '../ui/site-avatar.tsx'
import styles from './attempt-row.module.css'

interface AttemptRowProps {
  readonly attempt: AttemptView
  readonly accounts: readonly AccountView[]
  readonly signIn: SignIn
}

/** A sign-in that was put away, or was started elsewhere, and has not ended. */
export const AttemptRow = ({ attempt, accounts, signIn }: AttemptRowProps) => {
  const { t } = useServices()
  const { id, site, state } = attempt
  const { title } = site
  const isOpen = state.kind === 'waiting' || state.kind === 'checking'
  const isLost = state.kind === 'expired' || state.kind === 'denied'
  const line = lineOf(t, attempt, accounts)
  return (
    <li className={styles['row']}>
      <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
      <SiteAvatar
        size="small"
        site={site}
        icon={siteIcon(accounts, site)}
        mark={state.kind === 'waiting' || isLost ? 'waits' : 'none'}
      />
      <div className={styles['words']}>
        <div className={styles['first']}>
          <p className={styles['title']} title={title}>
            {title}
          </p>
          {isOpen && <Countdown until={attempt.expiresAt} small />}
        </div>
        <p className={styles['line']} title={line}>
          {line}
        </p>
      </div>
      <div className={styles['remedy']}>
        {isOpen && (
          <>
            <Button compact label={t('overview.resumeOf', { title })} onClick={() => signIn.resume(id)}>
              {t('overview.resume')}
            </Button>
            <Button
              compact
              look="quiet"
              label={t('overview.cancelOf', { title })}
              onClick={() => void signIn.dismiss(id)}
            >
              {t('add.cancel')}
            </Button>
          </>
        )}
        {isLost && (
          <>
            <Button
              compact
              label={t('overview.startAgainOf', { title })}
              onClick={() => void signIn.startAgain(attempt)}
            >
              {t('add.startAgain')}
            </Button>
            <Button
              compact
              look="quiet"
              label={t('overview.dismissOf', { title })}
              onClick={() => void signIn.dismiss(id)}
            >
              {t('notice.dismiss')}
            </Button>
          </>
        )}
        {state.kind === 'done' && (
          <Button compact label={t('overview.finishOf', { title })} onClick={() => void signIn.dismiss(id)}>
            {t('add.finish')}
          </Button>
        )}
      </div>
    </li>
  )
}

const lineOf = (t: Translate, { state, site }: AttemptView, accounts: readonly AccountView[]): string => {
  switch (state.kind) {
    case 'waiting':
      return t('overview.waiting')
    case 'checking':
      return t('add.checking')
    case 'expired':
      return t('add.expired')
    case 'denied':
      return t('add.denied')
    case 'done': {
      const account = accounts.find(({ id }) => id === state.account)
      return account === undefined ? t('state.new') : t('add.done', { title: site.title, username: account.username })
    }
  }
}
