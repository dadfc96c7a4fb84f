import { useState } from 'react'
import { oneTimeScope } from '../../common/contract/scope.ts'
import type { AttemptView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { scopeText } from '../ui/scope-text.ts'
import styles from './sign-in.module.css'

/**
 * The optional scope, off until it is ticked. Says when the sign-in method had to change for it, or the forum refuses
 * it.
 */
export const OneTimeChoice = ({ attempt }: { readonly attempt: AttemptView }) => {
  const { t, host } = useServices()
  const choosing = useTask()
  const [wasByCode, setByCode] = useState(false)
  const isBusy = choosing.state.kind === 'busy'
  const isAsked = attempt.scopes.includes(oneTimeScope)
  // Until the snapshot agrees, the box shows what was chosen.
  const [choice, setChoice] = useState<boolean | null>(null)
  if (choice === isAsked) setChoice(null)

  const choose = async (wanted: boolean) => {
    if (isBusy) return
    setChoice(wanted)
    const byCode = attempt.method === 'device'
    const work = host.execute('attempt.scope', { attempt: attempt.id, scope: oneTimeScope, wanted })
    const result = await choosing.run(work)
    if (!result.ok) setChoice(null)
    setByCode(result.ok && wanted && byCode)
  }

  return (
    <li>
      <label className={styles['scope']}>
        <input
          type="checkbox"
          className={styles['tick']}
          checked={choice ?? isAsked}
          aria-disabled={isBusy || undefined}
          onChange={(event) => void choose(event.target.checked)}
        />
        <span className={styles['scopeWords']}>{scopeText(t, oneTimeScope)}</span>
        <span className={styles['quiet']}>{t('add.toOpenSignedIn')}</span>
      </label>
      <p role="status" className={styles['quiet']}>
        {isAsked && wasByCode && t('add.notByCode', { title: attempt.site.title })}
      </p>
      {choosing.state.kind === 'failed' && <FailureNote failure={choosing.state.failure} />}
    </li>
  )
}
