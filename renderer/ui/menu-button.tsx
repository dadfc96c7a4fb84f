import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import styles from './menu-button.module.css'

export interface MenuItem {
  readonly label: string
  readonly onChoose: () => void
}

interface MenuButtonProps {
  readonly icon: IconName
  readonly label: string
  /** What the button does at once, in place of opening its menu. */
  readonly onPress?: (() => void) | undefined
  readonly items: readonly MenuItem[]
}

/** A button that opens a menu below it, with the keys that menus have (ARIA Authoring Practices, menu button). */
export const MenuButton = ({ icon, label, onPress, items }: MenuButtonProps) => {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  /** Which item gets the focus as the menu opens, counted from the end when negative. */
  const first = useRef(0)

  const focusItem = (index: number) => {
    const entries = entriesOf(menu.current)
    entries.at(index % entries.length)?.focus()
  }

  useEffect(() => {
    if (isOpen) entriesOf(menu.current).at(first.current)?.focus()
  }, [isOpen])

  const open = (item: number) => {
    first.current = item
    setOpen(true)
  }

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }

  const onButtonKey = (event: KeyboardEvent) => {
    if (onPress !== undefined || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    open(event.key === 'ArrowDown' ? 0 : -1)
  }

  const onMenuKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      close()
      return
    }
    const { activeElement } = document
    const present = activeElement instanceof HTMLElement ? entriesOf(menu.current).indexOf(activeElement) : 0
    const next = entryFor(event.key, present)
    if (next === undefined) return
    event.preventDefault()
    focusItem(next)
  }

  return (
    <div className={styles['place']}>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        {...(onPress === undefined ? { expanded: isOpen } : {})}
        onKeyDown={onButtonKey}
        onClick={() => {
          if (onPress !== undefined) onPress()
          else if (isOpen) setOpen(false)
          else open(0)
        }}
      />
      {isOpen && onPress === undefined && (
        <div
          ref={menu}
          role="menu"
          aria-label={label}
          className={styles['menu']}
          onKeyDown={onMenuKey}
          onBlur={({ currentTarget, relatedTarget }) => {
            // A press on the button takes the focus first, and closes the menu by itself.
            if (relatedTarget !== button.current && !currentTarget.contains(relatedTarget)) setOpen(false)
          }}
        >
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={styles['item']}
              onClick={() => {
                close()
                item.onChoose()
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

const entriesOf = (menu: HTMLElement | null): readonly HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
]

/** Where a key leads from the present entry; -1 is the last one, and the one after it the first. */
const entryFor = (key: string, present: number): number | undefined => {
  switch (key) {
    case 'ArrowDown':
      return present + 1
    case 'ArrowUp':
      return present - 1
    case 'Home':
      return 0
    case 'End':
      return -1
    default:
      return undefined
  }
}
