import type { ReactNode, Ref } from 'react'
import styles from './button.module.css'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

interface ButtonProps {
  readonly children: ReactNode
  readonly onClick?: () => void
  readonly look?: ButtonLook
  readonly type?: 'button' | 'submit'
  /** Under way: says so, and does nothing when pressed again. Not `disabled`, which would lose the focus. */
  readonly busy?: boolean
  /** When the visible words need the name of what they are about. Must contain them. */
  readonly label?: string
  readonly compact?: boolean
  /** Keys that do the same, each as `aria-keyshortcuts` has it. */
  readonly keys?: readonly string[]
  readonly ref?: Ref<HTMLButtonElement>
}

export const Button = ({
  children,
  onClick,
  look = 'plain',
  type = 'button',
  busy = false,
  label,
  compact = false,
  keys,
  ref,
}: ButtonProps) => (
  <button
    ref={ref}
    type={type}
    className={buttonClass(look, compact)}
    aria-disabled={busy || undefined}
    aria-busy={busy || undefined}
    aria-keyshortcuts={keys?.join(' ')}
    aria-label={label}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.()
    }}
  >
    {children}
  </button>
)

/** The classes of a button, also for links that look like one. */
export const buttonClass = (look: ButtonLook, compact = false): string =>
  [styles['button'], styles[look], compact ? styles['compact'] : ''].join(' ')
