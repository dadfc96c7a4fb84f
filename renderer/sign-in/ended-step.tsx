import type { AttemptView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { NextAddress } from './next-address.tsx'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import type { SignIn } from './use-sign-in.ts'

interface EndedStepProps {
  readonly attempt: AttemptView
  /** What happened. */
  readonly sentence: string
  readonly signIn: SignIn
}

/** The attempt has ended without an account: nobody approved in time, or the user refused on the forum. */
export const EndedStep = ({ attempt, sentence, signIn }: EndedStepProps) => {
  const { t } = useServices()
  const again = useFocusOnMount<HTMLButtonElement>()
  return (
    <div className={styles['step']}>
      <SiteLine site={attempt.site} />
      <p role="status">{sentence}</p>
      <NextAddress signIn={signIn} />
      <div className={styles['actions']}>
        <Button onClick={() => void signIn.dismiss(attempt.id)}>{t('add.cancel')}</Button>
        <Button ref={again} look="primary" onClick={() => void signIn.startAgain(attempt)}>
          {t('add.startAgain')}
        </Button>
      </div>
    </div>
  )
}
