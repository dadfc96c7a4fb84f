import { useId } from 'react'
import type { Site } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import { StartFailure } from './start-failure.tsx'
import type { SignIn } from './use-sign-in.ts'

interface StartingStepProps {
  /** Unknown for an attempt whose snapshot has not arrived yet. */
  readonly site: Site | null
  readonly signIn: SignIn
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** An attempt is being started, or could not be. */
export const StartingStep = ({ site, signIn, onLeave }: StartingStepProps) => {
  const { t } = useServices()
  const failureId = useId()
  const { progress } = signIn
  return (
    <div className={styles['step']}>
      {site !== null && <SiteLine site={site} />}
      <div className={styles['below']}>
        {progress.kind === 'failed' ? (
          <StartFailure
            id={failureId}
            failure={progress.failure}
            signIn={signIn}
            onTryAgain={() => void signIn.retry()}
            onLeave={onLeave}
          />
        ) : (
          <p role="status" className={styles['quiet']}>
            {t('add.starting')}
          </p>
        )}
      </div>
      <div className={styles['actions']}>
        <Button onClick={signIn.hide}>{t('add.cancel')}</Button>
      </div>
    </div>
  )
}
