import { type ReactNode, useId } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './settings.module.css'

interface SettingRowProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly failure?: Failure | null
  /** The control, which takes these as its `id` and `aria-describedby`. */
  readonly children: (id: string, describedBy: string | undefined) => ReactNode
}

/** What is set, what that means, and the control for it; below them why the last change was not taken. */
export const SettingRow = ({ label, hint, failure = null, children }: SettingRowProps) => {
  const id = useId()
  const hintId = useId()
  return (
    <div className={styles['row']}>
      <label htmlFor={id} className={styles['words']}>
        {label}
      </label>
      <div className={styles['control']}>{children(id, hint === undefined ? undefined : hintId)}</div>
      {hint !== undefined && (
        <p id={hintId} className={`${styles['below']} ${styles['hint']}`}>
          {hint}
        </p>
      )}
      {failure !== null && (
        <div className={styles['below']}>
          <FailureNote failure={failure} />
        </div>
      )}
    </div>
  )
}
