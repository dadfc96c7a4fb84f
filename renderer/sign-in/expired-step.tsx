import type { AttemptView } from '../../common/snapshot.ts'
import { useServices } from '../services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import type { SignIn } from './use-sign-in.ts'

/** Nobody approved in time. */
export const ExpiredStep = ({ attempt, signIn }: { readonly attempt: AttemptView; readonly signIn: SignIn }) => {
  const { t } = useServices()
  const again = useFocusOnMount<HTMLButtonElement>()
  return (
    <div className={styles['step']}>
      <SiteLine site={attempt.site} />
      <p role="status">{t('add.expired')}</p>
      <div className={styles['actions']}>
        <Button onClick={() => void signIn.dismiss(attempt.id)}>{t('add.cancel')}</Button>
        <Button ref={again} look="primary" onClick={() => void signIn.startAgain(attempt)}>
          {t('add.startAgain')}
        </Button>
      </div>
    </div>
  )
}
