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

/**
 * The field for typing or pasting an address. From a pasted text it takes only the address, from a list every address.
 */
export const AddressField = ({ id, value, describedBy, isInvalid, isBusy, onChange, ref }: AddressFieldProps) => {
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim()
    const list = addressesIn(text)
    // A single-line field would join the lines.
    const found = list.length > 0 ? list.join(', ') : /\s/.test(text) ? forumAddressIn(text) : null
    if (found === null) return
    event.preventDefault()
    onChange(found)
  }
  return (
    <input
      ref={ref}
      id={id}
      className={styles['field']}
      // Also in an Arabic page an address begins at its left.
      dir="ltr"
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
 * Handles text that is pasted anywhere but into a field, while the component is mounted.
 * @param onText returns whether it has used the text
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
