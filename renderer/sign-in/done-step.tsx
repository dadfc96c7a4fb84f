import type { AccountView, AttemptView } from '../../common/contract/snapshot.ts'
import { countsText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { NextAddress } from './next-address.tsx'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import type { SignIn } from './use-sign-in.ts'

interface DoneStepProps {
  readonly attempt: AttemptView
  /** Undefined in the moment between the attempt's end and the account's first snapshot. */
  readonly account: AccountView | undefined
  readonly signIn: SignIn
}

/** What opened the dialog may be gone, as the welcome is, so the focus moves to the new account. */
const focusAccount = (id: string): void =>
  document.querySelector<HTMLElement>(`[data-account=${CSS.escape(id)}] a`)?.focus()

/** Connected, and what is waiting there. */
export const DoneStep = ({ attempt, account, signIn }: DoneStepProps) => {
  const { t } = useServices()
  const finish = useFocusOnMount<HTMLButtonElement>()
  const isLast = signIn.waiting.length === 0
  const signedIn = account?.links.signedIn ?? null
  const counts = account?.counts ?? null
  return (
    <div className={styles['step']}>
      <SiteLine site={attempt.site} />
      <div role="status" className={styles['done']}>
        {account !== undefined && <p>{t('add.done', { title: account.site.title, username: account.username })}</p>}
        <p className={styles['quiet']}>
          {counts === null && t('state.new')}
          {counts !== null && counts.total === 0 && t('add.doneNothing')}
          {counts !== null && counts.total > 0 && t('add.doneCounts', { counts: countsText(t, counts) })}
        </p>
        <p className={styles['quiet']}>{t('add.doneNext')}</p>
      </div>
      <NextAddress signIn={signIn} isPrimary />
      <div className={styles['actions']}>
        {signedIn !== null && (
          <LinkButton href={signedIn}>{t('add.openSignedIn', { title: attempt.site.title })}</LinkButton>
        )}
        {isLast && (
          <Button
            onClick={() => {
              void signIn.dismiss(attempt.id)
              signIn.openAddress()
            }}
          >
            {t('add.another')}
          </Button>
        )}
        <Button
          {...(isLast ? { ref: finish } : {})}
          look={isLast ? 'primary' : 'plain'}
          onClick={async () => {
            await signIn.dismiss(attempt.id)
            if (account !== undefined) focusAccount(account.id)
          }}
        >
          {t('add.finish')}
        </Button>
      </div>
    </div>
  )
}
