import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react'
import type { IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { Menu } from './menu.tsx'
import styles from './menu-button.module.css'
import type { MenuFrame, MenuItem } from './menu-content.tsx'

interface MenuButtonProps {
  readonly icon: IconName
  readonly label: string
  /** What the button does at once, in place of opening its menu. */
  readonly onPress?: (() => void) | undefined
  /** What the menu has, or what makes it when it opens. */
  readonly items: readonly MenuItem[] | ((frame: MenuFrame) => ReactNode)
  readonly compact?: boolean
  /** -1 in a list that has one tab stop. */
  readonly tabIndex?: number
}

/** A button that opens a menu. */
export const MenuButton = ({ icon, label, onPress, items, compact = false, tabIndex = 0 }: MenuButtonProps) => {
  /** Which item gets the focus first; null while the menu is closed. */
  const [first, setFirst] = useState<number | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const isOpen = first !== null

  const close = useCallback((isFocusReturned: boolean) => {
    setFirst(null)
    if (isFocusReturned) button.current?.focus()
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (onPress !== undefined || !isArrow || event.altKey) return
    event.preventDefault()
    setFirst(event.key === 'ArrowDown' ? 0 : -1)
  }

  const frame = { label, button, first: first ?? 0, onClose: close }
  return (
    <div className={styles['place']}>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        compact={compact}
        tabIndex={tabIndex}
        {...(onPress === undefined ? { expanded: isOpen } : {})}
        onKeyDown={onKeyDown}
        onClick={() => {
          if (onPress !== undefined) onPress()
          else setFirst(isOpen ? null : 0)
        }}
      />
      {isOpen &&
        onPress === undefined &&
        (typeof items === 'function' ? items(frame) : <Menu {...frame} sections={[{ items }]} />)}
    </div>
  )
}
