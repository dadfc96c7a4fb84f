import type { AttemptView, LinkOwner } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './sign-in.module.css'

interface OtherOwnerProps {
  readonly attempt: AttemptView
  readonly owner: LinkOwner | null
}

/** Explains why the response has to be pasted when another program would receive it, and offers a way out. */
export const OtherOwner = ({ attempt, owner }: OtherOwnerProps) => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  if (attempt.method !== 'paste' || owner?.kind !== 'other') return null

  const take = async () => {
    const taken = await run(host.execute('preferences.change', { general: { openLinks: true } }))
    if (taken.ok) await run(host.execute('attempt.switch', { attempt: attempt.id, method: 'redirect' }))
  }

  return (
    <div className={styles['aside']}>
      <p className={styles['quiet']}>{t('add.otherOwner', { name: owner.name })}</p>
      <Button look="quiet" compact busy={state.kind === 'busy'} onClick={() => void take()}>
        {t('add.takeLinks', { app: t('app.name') })}
      </Button>
      {state.kind === 'failed' && <FailureNote failure={state.failure} />}
    </div>
  )
}
