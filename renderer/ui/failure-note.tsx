import type { ReactNode } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import { remedies } from '../../common/contract/remedies.ts'
import { causeText, failureSentence } from '../../common/i18n/i18n.ts'
import { useServices } from '../services/services.ts'
import styles from './failure-note.module.css'
import { LinkButton } from './link-button.tsx'
import { Prose } from './prose.tsx'

interface FailureNoteProps {
  readonly failure: Failure
  readonly id?: string
  /** Whether it is retried automatically: then the cause is said without advice. */
  readonly isRetried?: boolean
  /** What helps, as buttons; a link to the forum, where that helps, is there by itself. */
  readonly children?: ReactNode
}

/** What went wrong, where it went wrong, with what helps beside it. */
export const FailureNote = ({ failure, id, isRetried = false, children }: FailureNoteProps) => {
  const { t } = useServices()
  const { host, address } = remedies[failure.code].includes('openSite') ? (failure.params ?? {}) : {}
  return (
    <div role="alert" className={styles['note']}>
      <p id={id}>
        <Prose text={isRetried ? causeText(t, failure) : failureSentence(t, failure)} />
      </p>
      {(typeof host === 'string' || Boolean(children)) && (
        <div className={styles['remedies']}>
          {typeof host === 'string' && (
            <LinkButton href={typeof address === 'string' ? address : `https://${host}`}>
              {t('overview.openSite', { host })}
            </LinkButton>
          )}
          {children}
        </div>
      )}
    </div>
  )
}
