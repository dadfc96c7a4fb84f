import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from 'react'
import { useServices } from '../services/services.ts'
import { IconButton } from './icon-button.tsx'
import styles from './modal.module.css'

interface ModalProps {
  readonly title: string
  /** Esc, or the cross: the dialog wants to go. Its owner stops rendering it. */
  readonly onClose: () => void
  /** What is focused at first; otherwise the browser chooses. */
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** A modal dialog, open as long as it is rendered. The browser keeps the focus inside and gives it back afterwards. */
export const Modal = ({ title, onClose, initialFocus, children }: ModalProps) => {
  const { t } = useServices()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const close = useRef(onClose)
  useLayoutEffect(() => {
    close.current = onClose
  })

  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    const opener = document.activeElement
    // Before the browser closes it: what opened it may be pressed before `close` tells, and that press would be lost.
    const onCancel = ({ target }: Event) => {
      if (target === element) close.current()
    }
    // For a browser that asks no more. The event comes late: by then the dialog may be open again.
    const onNativeClose = () => {
      if (!element.open) close.current()
    }
    element.showModal()
    initialFocus?.current?.focus()
    element.addEventListener('cancel', onCancel)
    element.addEventListener('close', onNativeClose)
    return () => {
      element.removeEventListener('cancel', onCancel)
      element.removeEventListener('close', onNativeClose)
      element.close()
      // The opener may be gone with what the dialog changed; the keyboard must not start over at the top of the page.
      queueMicrotask(() => {
        const isLost = opener?.isConnected !== true && document.activeElement === document.body
        if (isLost) document.querySelector('main')?.focus()
      })
    }
  }, [initialFocus])

  return (
    <dialog ref={dialog} className={styles['dialog']} aria-labelledby={titleId}>
      <header className={styles['header']}>
        <h2 id={titleId} className={styles['title']}>
          {title}
        </h2>
        <IconButton icon="close" label={t('add.close')} onClick={onClose} />
      </header>
      {children}
    </dialog>
  )
}
