import { type ReactNode, useRef } from 'react'
import { Button, type ButtonLook } from './button.tsx'
import styles from './confirm-dialog.module.css'
import { Modal } from './modal.tsx'

interface ConfirmDialogProps {
  /** The question. */
  readonly title: string
  /** What happens then; and afterwards, why it did not. */
  readonly children: ReactNode
  /** The harmless answer, which has the focus at first. */
  readonly keep: string
  readonly confirm: string
  readonly look: ButtonLook
  readonly isBusy: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. Its owner closes it when that is done. */
export const ConfirmDialog = ({
  title,
  children,
  keep,
  confirm,
  look,
  isBusy,
  onConfirm,
  onClose,
}: ConfirmDialogProps) => {
  const harmless = useRef<HTMLButtonElement>(null)
  return (
    <Modal title={title} onClose={onClose} initialFocus={harmless}>
      <div className={styles['confirm']}>
        {children}
        <div className={styles['actions']}>
          <Button ref={harmless} onClick={onClose}>
            {keep}
          </Button>
          <Button look={look} busy={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
