import type { ReactNode } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { failureSentence } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import styles from './failure-note.module.css'
import { Prose } from './prose.tsx'

interface FailureNoteProps {
  readonly failure: Failure
  readonly id?: string
  /** What helps, as buttons. */
  readonly children?: ReactNode
}

/** What went wrong, where it went wrong, with what helps beside it. */
export const FailureNote = ({ failure, id, children }: FailureNoteProps) => {
  const { t } = useServices()
  return (
    <div role="alert" className={styles['note']}>
      <p id={id}>
        <Prose text={failureSentence(t, failure)} />
      </p>
      {Boolean(children) && <div className={styles['remedies']}>{children}</div>}
    </div>
  )
}
