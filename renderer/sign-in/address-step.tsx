import { useEffect, useId, useState } from 'react'
import { useServices } from '../services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import styles from './sign-in.module.css'
import { StartFailure } from './start-failure.tsx'
import type { SignIn } from './use-sign-in.ts'

interface AddressStepProps {
  readonly signIn: SignIn
  /** Addresses to choose from, which may also be ignored. */
  readonly suggested: readonly string[]
}

/** Where is the forum? One field; what is wrong with the address stands below it, in the place of the hint. */
export const AddressStep = ({ signIn, suggested }: AddressStepProps) => {
  const { t } = useServices()
  const [address, setAddress] = useState('')
  const field = useFocusOnMount<HTMLInputElement>()
  const fieldId = useId()
  const belowId = useId()
  const listId = useId()
  const { progress } = signIn
  const isBusy = progress.kind === 'looking' || progress.kind === 'starting'
  const hasFailed = progress.kind === 'failed'

  useEffect(() => {
    if (hasFailed) field.current?.focus()
  }, [hasFailed, field])

  const submit = (text: string, allowPlain = false) => {
    setAddress(text)
    // The button that offered this address goes away.
    field.current?.focus()
    void signIn.submitAddress(text, allowPlain)
  }

  return (
    <form
      className={styles['step']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) submit(address)
      }}
    >
      <div>
        <label htmlFor={fieldId} className={styles['label']}>
          {t('add.address')}
        </label>
        <div className={styles['fieldRow']}>
          <input
            ref={field}
            id={fieldId}
            className={styles['field']}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            readOnly={isBusy}
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={2000}
            aria-invalid={hasFailed}
            aria-describedby={belowId}
            {...(suggested.length > 0 && { list: listId })}
          />
          <datalist id={listId}>
            {suggested.map((site) => (
              <option key={site} value={site} />
            ))}
          </datalist>
          <Button type="submit" look="primary" busy={isBusy}>
            {t('add.continue')}
          </Button>
        </div>
      </div>
      <div className={styles['below']}>
        {progress.kind === 'failed' ? (
          <StartFailure
            id={belowId}
            failure={progress.failure}
            signIn={signIn}
            onUseAddress={submit}
            onInsist={() => submit(address, true)}
          />
        ) : (
          <p id={belowId} role="status" className={styles['quiet']}>
            {progress.kind === 'looking' && t('add.looking')}
            {progress.kind === 'starting' && t('add.starting')}
            {progress.kind === 'idle' && t('add.addressHint')}
          </p>
        )}
      </div>
      <p className={styles['quiet']}>{t('overview.emptyHint')}</p>
    </form>
  )
}
