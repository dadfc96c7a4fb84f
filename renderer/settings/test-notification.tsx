import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { notificationFailure } from '../../common/contract/notification-outcome.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './settings.module.css'

type Outcome = { readonly kind: 'shown' } | { readonly kind: 'failed'; readonly failure: Failure }

/** Shows a test notification and says whether it was shown, and where to look if the user saw nothing. */
export const TestNotification = () => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  const test = async () => {
    setOutcome(null)
    const result = await run(host.execute('alert.test', {}))
    const failure = result.ok ? notificationFailure(result.value) : result.failure
    setOutcome(failure === undefined ? { kind: 'shown' } : { kind: 'failed', failure })
  }

  return (
    <div className={styles['row']}>
      <div className={styles['actions']}>
        <Button busy={state.kind === 'busy'} onClick={() => void test()}>
          {t('settings.test')}
        </Button>
      </div>
      <div role="status" className={`${styles['below']} ${styles['hint']}`}>
        {outcome?.kind === 'shown' && t('settings.testShown')}
      </div>
      {outcome?.kind === 'failed' && (
        <div className={styles['below']}>
          <FailureNote failure={outcome.failure} />
        </div>
      )}
    </div>
  )
}
