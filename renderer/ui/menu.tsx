import { Fragment, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import styles from './menu.module.css'

export interface MenuItem {
  /** Needed where labels may be the same. */
  readonly id?: string
  readonly label: string
  readonly onChoose: () => void
  /** Whether it is the one of its section that holds; left out where that is no question. */
  readonly isChosen?: boolean
  readonly isDisabled?: boolean
}

/** Items that belong together, set apart from the others. */
export interface MenuSection {
  readonly label?: string
  readonly items: readonly MenuItem[]
}

/** What a button gives to the menu that it opens. */
export interface MenuFrame {
  readonly label: string
  readonly button: RefObject<HTMLButtonElement | null>
  /** Which item gets the focus as the menu opens, counted from the end when negative. */
  readonly first: number
  readonly onClose: (isFocusReturned: boolean) => void
}

interface MenuProps extends MenuFrame {
  readonly sections: readonly MenuSection[]
}

const gap = 2
const margin = 4

/** An open menu at its button, with the keys that menus have (ARIA Authoring Practices, menu button). */
export const Menu = ({ label, button, first, onClose, sections }: MenuProps) => {
  const menu = useRef<HTMLDivElement>(null)
  const opening = useRef(first)

  // Nothing that scrolls may cut it off, so it has a place of its own in the window, where there is more room.
  useLayoutEffect(() => {
    const own = menu.current
    const at = button.current?.getBoundingClientRect()
    if (own === null || at === undefined) return
    const below = window.innerHeight - at.bottom - gap - margin
    const above = at.top - gap - margin
    const { width, height } = own.getBoundingClientRect()
    const isAbove = height > below && above > below
    const start = getComputedStyle(own).direction === 'rtl' ? at.left : at.right - width
    own.style.maxHeight = `${isAbove ? above : below}px`
    own.style.top = `${isAbove ? at.top - gap - Math.min(height, above) : at.bottom + gap}px`
    own.style.left = `${Math.max(margin, Math.min(start, window.innerWidth - width - margin))}px`
    entriesOf(own).at(opening.current)?.focus({ preventScroll: true })
  }, [button])

  useEffect(() => {
    const close = ({ target }: Event) => {
      if (!(target instanceof Node && menu.current?.contains(target))) onClose(false)
    }
    document.addEventListener('scroll', close, true)
    window.addEventListener('resize', close)
    return () => {
      document.removeEventListener('scroll', close, true)
      window.removeEventListener('resize', close)
    }
  }, [onClose])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose(true)
      return
    }
    const entries = entriesOf(menu.current)
    const { activeElement } = document
    const present = activeElement instanceof HTMLElement ? entries.indexOf(activeElement) : 0
    const next = entryFor(event.key, present)
    if (next === undefined) return
    event.preventDefault()
    entries.at(next % entries.length)?.focus()
  }

  const item = ({ id, label: words, onChoose, isChosen, isDisabled = false }: MenuItem) => (
    <button
      key={id ?? words}
      type="button"
      {...(isChosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': isChosen })}
      aria-disabled={isDisabled || undefined}
      tabIndex={-1}
      className={styles['item']}
      onClick={() => {
        if (isDisabled) return
        onClose(true)
        onChoose()
      }}
    >
      {isChosen !== undefined && <span className={styles['mark']}>{isChosen && <Icon name="check" size={12} />}</span>}
      <span className={styles['words']}>{words}</span>
    </button>
  )

  return (
    <div
      ref={menu}
      role="menu"
      aria-label={label}
      className={styles['menu']}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A press on the button takes the focus first, and closes the menu by itself.
        if (relatedTarget !== button.current && !currentTarget.contains(relatedTarget)) onClose(false)
      }}
    >
      {sections.map((section) =>
        section.label === undefined ? (
          <Fragment key="">{section.items.map(item)}</Fragment>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
          <div key={section.label} role="group" aria-label={section.label} className={styles['section']}>
            <p aria-hidden="true" className={styles['label']}>
              {section.label}
            </p>
            {section.items.map(item)}
          </div>
        ),
      )}
    </div>
  )
}

const entriesOf = (menu: HTMLElement | null): readonly HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []),
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
