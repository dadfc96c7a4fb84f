import * as Dropdown from '@radix-ui/react-dropdown-menu'
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import styles from './menu.module.css'
import { TriggerProxy } from './trigger-proxy.tsx'

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
  /** Which item gets the focus as the menu opens, counted from the end when negative; what is disabled is not counted. */
  readonly first: number
  readonly onClose: (isFocusReturned: boolean) => void
}

export interface MenuProps extends MenuFrame {
  readonly sections: readonly MenuSection[]
}

/** An open menu at its button: our look and words on Radix' keys, focus and place. */
export const MenuContent = ({ label, button, first, onClose, sections }: MenuProps) => {
  const menu = useRef<HTMLDivElement>(null)
  const opening = useRef(first)
  const isPressed = useRef(false)

  // Radix does this only when it has seen the press itself, and then always begins at the top.
  useLayoutEffect(() => {
    const entries = menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([data-disabled])') ?? []
    ;[...entries].at(opening.current)?.focus({ preventScroll: true })
  }, [])

  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Tab') return
    // Radix would hold the focus in the menu; it goes on from the button, as in menus of the system.
    event.stopPropagation()
    onClose(true)
  }

  const item = ({ id, label: words, onChoose, isChosen, isDisabled = false }: MenuItem) => {
    const props = {
      className: styles['item'] ?? '',
      disabled: isDisabled,
      textValue: words,
      onSelect: () => {
        // In this order: what it opens may take the focus, and give it back to the button later.
        onClose(true)
        onChoose()
      },
    }
    const text = <span className={styles['words']}>{words}</span>
    if (isChosen === undefined) {
      return (
        <Dropdown.Item key={id ?? words} {...props}>
          {text}
        </Dropdown.Item>
      )
    }
    return (
      <Dropdown.RadioItem key={id ?? words} value={id ?? words} {...props}>
        <span className={styles['mark']}>{isChosen && <Icon name="check" size={12} />}</span>
        {text}
      </Dropdown.RadioItem>
    )
  }

  return (
    // Modal, it would forbid the page to scroll by a style element, which the page's policy forbids.
    <Dropdown.Root
      open
      modal={false}
      dir={document.dir === 'rtl' ? 'rtl' : 'ltr'}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose(false)
      }}
    >
      <Dropdown.Trigger asChild>
        <TriggerProxy of={button.current} />
      </Dropdown.Trigger>
      {/* Not in a portal: it belongs to its row, which stays in sight, and to its dialog. */}
      <Dropdown.Content
        ref={menu}
        aria-label={label}
        aria-labelledby={undefined}
        className={styles['menu']}
        align="end"
        sideOffset={2}
        // What scrolls cuts off whatever reaches out of it; a menu that has no room scrolls itself.
        collisionBoundary={button.current?.closest('main') ?? []}
        collisionPadding={4}
        loop
        onKeyDownCapture={onKeyDownCapture}
        onPointerDownCapture={() => {
          isPressed.current = true
        }}
        onPointerUpCapture={(event) => {
          // Radix would choose the item under the pointer: a context menu opens while the button is still down.
          if (!isPressed.current) event.stopPropagation()
          isPressed.current = false
        }}
        onEscapeKeyDown={() => onClose(true)}
        onInteractOutside={(event) => {
          // A press on the button closes the menu by itself.
          if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault()
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          if (document.activeElement === document.body) button.current?.focus({ preventScroll: true })
        }}
      >
        {sections.map((section, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an open menu keeps its sections in their places
          <Section key={place} section={section} isFirst={place === 0}>
            {section.items.map(item)}
          </Section>
        ))}
      </Dropdown.Content>
    </Dropdown.Root>
  )
}

interface SectionProps {
  readonly section: MenuSection
  readonly isFirst: boolean
  readonly children: ReactNode
}

const Section = ({ section, isFirst, children }: SectionProps) => {
  const chosen = section.items.find(({ isChosen }) => isChosen)
  if (section.label === undefined) {
    return isFirst ? children : <Dropdown.Group className={styles['section']}>{children}</Dropdown.Group>
  }
  return (
    <Dropdown.RadioGroup
      aria-label={section.label}
      className={styles['section']}
      value={chosen && (chosen.id ?? chosen.label)}
    >
      <Dropdown.Label aria-hidden="true" className={styles['label']}>
        {section.label}
      </Dropdown.Label>
      {children}
    </Dropdown.RadioGroup>
  )
}
