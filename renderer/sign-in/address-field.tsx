import { type ClipboardEvent, type Ref, useEffect, useRef } from 'react'
import { forumAddressIn } from '../../common/contract/forum-address.ts'
import { addressesIn } from './addresses-in.ts'
import styles from './sign-in.module.css'

interface AddressFieldProps {
  readonly id: string
  readonly value: string
  readonly describedBy: string
  readonly isInvalid: boolean
  readonly isBusy: boolean
  readonly onChange: (value: string) => void
  readonly ref: Ref<HTMLInputElement>
}

/** Where an address is typed or pasted: of a text around an address the address alone, of a list each one. */
export const AddressField = ({ id, value, describedBy, isInvalid, isBusy, onChange, ref }: AddressFieldProps) => {
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim()
    const list = addressesIn(text)
    // A field of one line would put lines together.
    const found = list.length > 0 ? list.join(' ') : /\s/.test(text) ? forumAddressIn(text) : null
    if (found === null) return
    event.preventDefault()
    onChange(found)
  }
  return (
    <input
      ref={ref}
      id={id}
      className={styles['field']}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onPaste={onPaste}
      readOnly={isBusy}
      inputMode="url"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={2000}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
    />
  )
}

/**
 * Takes what is pasted anywhere but into a field, as long as the component is shown.
 * @param onText says whether it was taken
 */
export const usePasteElsewhere = (onText: (text: string) => boolean): void => {
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
