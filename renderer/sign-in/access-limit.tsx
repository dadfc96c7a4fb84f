import { useId } from 'react'
import type { AttemptView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { Select } from '../ui/select.tsx'
import styles from './sign-in.module.css'

/** In days; forums allow at most a year. */
const choices = [7, 30, 90, 365] as const

/** When the access expires, on forums that support an expiry. */
export const AccessLimit = ({ attempt }: { readonly attempt: AttemptView }) => {
  const { t, host } = useServices()
  const limiting = useTask()
  const fieldId = useId()

  const limit = (value: string) => {
    const days = value === '' ? null : Number(value)
    void limiting.run(host.execute('attempt.limit', { attempt: attempt.id, days }))
  }

  return (
    <div>
      <div className={styles['limit']}>
        <label htmlFor={fieldId}>{t('add.ends')}</label>
        <Select
          id={fieldId}
          disabled={limiting.state.kind === 'busy'}
          value={String(attempt.accessDays ?? '')}
          options={[
            ['', t('add.endsNever')],
            ...choices.map((days) => [String(days), t('add.endsAfter', { count: days })] as const),
          ]}
          onChoose={limit}
        />
      </div>
      {limiting.state.kind === 'failed' && <FailureNote failure={limiting.state.failure} />}
    </div>
  )
}
