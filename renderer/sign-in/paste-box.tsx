import { useId, useRef, useState } from 'react'
import { fail } from '../../common/contract/failure.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { AttemptView } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { type TaskState, useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { NextAddress } from './next-address.tsx'
import { OtherWays } from './other-ways.tsx'
import styles from './sign-in.module.css'
import type { SignIn } from './use-sign-in.ts'

interface PasteBoxProps {
  readonly attempt: AttemptView
  readonly switching: TaskState
  readonly onSwitch: (method: SignInMethod) => void
  readonly signIn: SignIn
}

/** In characters: the command accepts no more (commands.ts); a payload has about 700. */
const longestText = 20_000

/** Accepts the forum's response by hand, line breaks included; submits at once when it is pasted. */
export const PasteBox = ({ attempt, switching, onSwitch, signIn }: PasteBoxProps) => {
  const { t, host } = useServices()
  const [text, setText] = useState('')
  const accepting = useTask()
  const field = useFocusOnMount<HTMLTextAreaElement>()
  const isPasting = useRef(false)
  const fieldId = useId()
  const belowId = useId()

  const { state, method } = attempt
  const isBusy = accepting.state.kind === 'busy' || state.kind === 'checking'
  const reported = state.kind === 'waiting' ? state.failure : null
  const switchFailure = switching.kind === 'failed' ? switching.failure : null
  // The failure of an earlier code is not shown beside an empty field.
  const [earlier] = useState(reported)
  const news = reported === earlier ? null : reported
  const failure = accepting.state.kind === 'failed' ? accepting.state.failure : (switchFailure ?? news)

  const accept = (answer: string) => {
    if (answer.trim() === '') return field.current?.focus()
    const tooLong = answer.length > longestText
    void accepting.run(
      tooLong ? Promise.resolve(fail('redirect_invalid')) : host.execute('attempt.accept', { text: answer }),
    )
  }

  return (
    <form
      className={styles['paste']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) accept(text)
      }}
    >
      <p className={styles['quiet']}>{t(method === 'redirect' ? 'add.pasteRedirect' : 'add.pasteExplain')}</p>
      <label htmlFor={fieldId} className="visually-hidden">
        {t('add.paste')}
      </label>
      <textarea
        ref={field}
        id={fieldId}
        className={`${styles['field']} ${styles['pasteField']}`}
        rows={3}
        value={text}
        placeholder={t('add.paste')}
        readOnly={isBusy}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={failure !== null}
        aria-describedby={belowId}
        onKeyDown={(event) => {
          // A code is one line, however it wraps.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (!isBusy) accept(text)
        }}
        onPaste={() => {
          isPasting.current = true
        }}
        onChange={(event) => {
          setText(event.target.value)
          if (isPasting.current) accept(event.target.value)
          isPasting.current = false
        }}
      />
      <div className={styles['below']} id={belowId}>
        {isBusy && (
          <p role="status" className={styles['quiet']}>
            {t('add.checking')}
          </p>
        )}
        {!isBusy && failure !== null && (
          <FailureNote failure={failure}>
            {isBeyondRepair(failure.code) && (
              <Button onClick={() => void signIn.startAgain(attempt)}>{t('add.startAgain')}</Button>
            )}
          </FailureNote>
        )}
      </div>
      <OtherWays attempt={attempt} isBusy={switching.kind === 'busy'} onSwitch={onSwitch} />
      <NextAddress signIn={signIn} />
      <div className={styles['actions']}>
        <Button onClick={() => void signIn.dismiss(attempt.id)}>{t('add.cancel')}</Button>
        <Button type="submit" look="primary" busy={isBusy}>
          {t('add.connect')}
        </Button>
      </div>
    </form>
  )
}

const isBeyondRepair = (code: string): boolean =>
  code === 'attempt_expired' || code === 'attempt_unknown' || code === 'nothing_waiting' || code === 'too_many_tries'
