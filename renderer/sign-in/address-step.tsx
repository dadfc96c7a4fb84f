import { type ClipboardEvent, useEffect, useId, useRef, useState } from 'react'
import { forumAddressIn } from '../../common/contract/forum-address.ts'
import { pastedAddress } from '../../common/contract/pasted-address.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { ClipboardOffer } from './clipboard-offer.tsx'
import styles from './sign-in.module.css'
import { StartFailure } from './start-failure.tsx'
import type { SignIn } from './use-sign-in.ts'

interface AddressStepProps {
  readonly signIn: SignIn
  /** Addresses to choose from, which may also be ignored. */
  readonly suggested: readonly string[]
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** Where is the forum? One field; what is wrong with the address stands below it, in the place of the hint. */
export const AddressStep = ({ signIn, suggested, onLeave }: AddressStepProps) => {
  const { t } = useServices()
  const [address, setAddress] = useState('')
  const [unpasted, setUnpasted] = useState<'nothing' | 'refused' | null>(null)
  const field = useFocusOnMount<HTMLInputElement>()
  const fieldId = useId()
  const belowId = useId()
  const listId = useId()
  const { progress } = signIn
  const isBusy = progress.kind === 'looking' || progress.kind === 'starting'
  const hasFailed = progress.kind === 'failed'
  const isPlainAllowed = useRef(false)

  useEffect(() => {
    if (hasFailed) field.current?.focus()
  }, [hasFailed, field])

  const submit = (text: string, allowPlain = false) => {
    if (text.trim() === '') return field.current?.focus()
    setAddress(text)
    setUnpasted(null)
    isPlainAllowed.current = allowPlain
    // The button that offered this address goes away.
    field.current?.focus()
    void signIn.submitAddress(text, allowPlain)
  }
  usePasteElsewhere((text) => {
    const pasted = pastedAddress(text)
    if (isBusy || pasted === null) return false
    submit(pasted)
    return true
  })

  /** Of a text around an address, the address alone. */
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim()
    const found = /\s/.test(text) ? forumAddressIn(text) : null
    if (found === null) return
    event.preventDefault()
    setAddress(found)
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
        <div className={styles['labelRow']}>
          <label htmlFor={fieldId} className={styles['label']}>
            {t('add.address')}
          </label>
          {!isBusy && (
            <ClipboardOffer
              present={address}
              onUse={submit}
              onNothing={(reason) => {
                setUnpasted(reason)
                field.current?.focus()
              }}
            />
          )}
        </div>
        <div className={styles['fieldRow']}>
          <input
            ref={field}
            id={fieldId}
            className={styles['field']}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            onPaste={onPaste}
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
            onTryAgain={() => submit(address, isPlainAllowed.current)}
            onLeave={onLeave}
          />
        ) : (
          <p id={belowId} role="status" className={styles['quiet']}>
            {progress.kind === 'looking' && t('add.looking')}
            {progress.kind === 'starting' && t('add.starting')}
            {progress.kind === 'idle' && unpasted === null && t('add.addressHint')}
            {progress.kind === 'idle' && unpasted === 'nothing' && t('add.pasteNothing')}
            {progress.kind === 'idle' && unpasted === 'refused' && t('add.pasteRefused')}
          </p>
        )}
      </div>
      <p className={styles['quiet']}>{t('overview.emptyHint')}</p>
    </form>
  )
}

/**
 * Takes what is pasted anywhere but into a field, as long as the step is shown.
 * @param onText says whether it was taken
 */
const usePasteElsewhere = (onText: (text: string) => boolean) => {
  const latest = useRef(onText)
  useEffect(() => {
    latest.current = onText
  })
  useEffect(() => {
    const listen = (event: globalThis.ClipboardEvent) => {
      const isInField = event.target instanceof Element && event.target.closest('input, textarea') !== null
      if (!isInField && latest.current(event.clipboardData?.getData('text') ?? '')) event.preventDefault()
    }
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [])
}
