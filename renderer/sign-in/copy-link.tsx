import { useState } from 'react'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './sign-in.module.css'

/** Copies the address of the approval page, for users who are signed in to the forum in another browser. */
export const CopyLink = ({ attempt }: { readonly attempt: string }) => {
  const { t, host } = useServices()
  const [isCopied, setCopied] = useState(false)
  const { state, run } = useTask()
  const copy = async () => {
    setCopied(false)
    setCopied((await run(host.execute('attempt.copyLink', { attempt }))).ok)
  }
  return (
    <>
      <Button busy={state.kind === 'busy'} onClick={() => void copy()}>
        {t(isCopied ? 'add.linkCopied' : 'add.copyLink')}
      </Button>
      <span role="status" className="visually-hidden">
        {isCopied && t('add.linkCopied')}
      </span>
      {state.kind === 'failed' && (
        <div className={styles['whole']}>
          <FailureNote failure={state.failure} />
        </div>
      )}
    </>
  )
}
