import type { KeyboardEventHandler, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './icon-button.module.css'

interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  /** The id of an element that says more to screen readers. */
  readonly describedBy?: string
  readonly onClick: () => void
  readonly busy?: boolean
  /** For a button with a menu: whether that is open. */
  readonly expanded?: boolean
  readonly compact?: boolean
  readonly tabIndex?: number
  readonly onKeyDown?: KeyboardEventHandler
  readonly ref?: Ref<HTMLButtonElement>
}

/** A square button with a drawing; its words are in the tooltip and in the accessible name. */
export const IconButton = (props: IconButtonProps) => {
  const {
    icon,
    label,
    describedBy,
    onClick,
    busy = false,
    expanded,
    compact = false,
    tabIndex = 0,
    onKeyDown,
    ref,
  } = props
  return (
    <button
      ref={ref}
      type="button"
      className={`${styles['button']} ${compact ? styles['compact'] : ''}`}
      tabIndex={tabIndex}
      data-tooltip={label}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-haspopup={expanded === undefined ? undefined : 'menu'}
      aria-expanded={expanded}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (!busy) onClick()
      }}
    >
      <Icon name={icon} size={compact ? 14 : 16} />
    </button>
  )
}
