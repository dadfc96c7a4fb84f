import { useEffect, useId, useRef, useState } from 'react'
import { pastedAddress } from '../../common/contract/pasted-address.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts'
import { AddressField, usePasteElsewhere } from './address-field.tsx'
import { addressesIn } from './addresses-in.ts'
import { ClipboardOffer } from './clipboard-offer.tsx'
import { NextAddress } from './next-address.tsx'
import styles from './sign-in.module.css'
import { StartFailure } from './start-failure.tsx'
import { Suggestions } from './suggestions.tsx'
import type { SignIn } from './use-sign-in.ts'

interface AddressStepProps {
  readonly signIn: SignIn
  /** Addresses to choose from, which may also be ignored. */
  readonly suggested: readonly string[]
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** Why there was no address to inspect. */
type Unpasted = 'empty' | 'nothing' | 'refused'

/** Asks for the forum's address in one field; what is wrong with the address is shown below it, instead of the hint. */
export const AddressStep = ({ signIn, suggested, onLeave }: AddressStepProps) => {
  const { t } = useServices()
  const [address, setAddress] = useState(signIn.address)
  const [unpasted, setUnpasted] = useState<Unpasted | null>(null)
  const field = useFocusOnMount<HTMLInputElement>()
  const fieldId = useId()
  const belowId = useId()
  const { progress } = signIn
  const isBusy = progress.kind === 'looking' || progress.kind === 'starting'
  const isPlainAllowed = useRef(false)
  useEffect(() => {
    if (progress.kind === 'failed') field.current?.focus()
  }, [progress.kind, field])

  const submit = (text: string, allowPlain = false) => {
    if (text.trim() === '') {
      setUnpasted('empty')
      return field.current?.focus()
    }
    const [first = text, ...others] = addressesIn(text)
    setAddress(first)
    setUnpasted(null)
    isPlainAllowed.current = allowPlain
    // The button that offered this address goes away.
    field.current?.focus()
    if (others.length > 0) signIn.putOff(others)
    void signIn.submitAddress(first, allowPlain)
  }
  usePasteElsewhere((text) => {
    const list = addressesIn(text)
    const pasted = list.length > 0 ? list.join(', ') : pastedAddress(text)
    if (isBusy || pasted === null) return false
    submit(pasted)
    return true
  })

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
          <AddressField
            ref={field}
            id={fieldId}
            value={address}
            describedBy={belowId}
            isInvalid={progress.kind === 'failed'}
            isBusy={isBusy}
            onChange={setAddress}
          />
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
          <Hint id={belowId} progress={progress.kind} unpasted={unpasted} />
        )}
      </div>
      <NextAddress signIn={signIn} />
      {!isBusy && <Suggestions preset={suggested} onUse={submit} />}
      <p className={styles['quiet']}>{t('overview.emptyHint')}</p>
    </form>
  )
}

interface HintProps {
  readonly id: string
  readonly progress: 'idle' | 'looking' | 'starting'
  readonly unpasted: Unpasted | null
}

/** What to type, or what is happening with the address. */
const Hint = ({ id, progress, unpasted }: HintProps) => {
  const { t } = useServices()
  return (
    <p id={id} role="status" className={styles['quiet']}>
      {progress === 'looking' && t('add.looking')}
      {progress === 'starting' && t('add.starting')}
      {progress === 'idle' && unpasted === null && t('add.addressHint')}
      {progress === 'idle' && unpasted === 'empty' && t('add.typeAddress')}
      {progress === 'idle' && unpasted === 'nothing' && t('add.pasteNothing')}
      {progress === 'idle' && unpasted === 'refused' && t('add.pasteRefused')}
    </p>
  )
}
