import * as Tooltip from '@radix-ui/react-tooltip'
import { type RefObject, useEffect, useState } from 'react'
import styles from './tooltip-layer.module.css'
import { TriggerProxy } from './trigger-proxy.tsx'

interface TooltipLayerProps {
  /** What the user did last, also while this was being loaded. */
  readonly last: RefObject<Event | null>
}

/** Tab leads from control to control, and the arrow keys to the buttons beside a row. */
const movingKeys: ReadonlySet<string> = new Set(['Tab', 'ArrowLeft', 'ArrowRight'])

/** How long the pointer rests on something before it is explained, in milliseconds. */
const delay = 500

/**
 * The one tooltip that there is at a time. It says what a button is called, which assistive technology knows from the
 * button itself: so it is hidden there. It stays while the pointer is on it, goes with Esc, and covers neither
 * what it is about nor, once something is pressed, anything (WCAG 2.2, 1.4.13).
 */
export const TooltipLayer = ({ last }: TooltipLayerProps) => {
  const [target, setTarget] = useState<HTMLElement | null>(null)

  useEffect(() => {
    /** What the pointer is on, and whether the focus moves by a key at present. */
    let pointed: HTMLElement | null = null
    let isMoving = false
    let timer = 0

    const hide = () => {
      window.clearTimeout(timer)
      setTarget(null)
    }
    const forgetWhatHasGone = () => setTarget((shown) => (shown?.isConnected === true ? shown : null))
    const point = ({ target: element, pointerType }: PointerEvent) => {
      forgetWhatHasGone()
      const next = pointerType === 'touch' ? null : explained(element)
      if (next === pointed) return
      pointed = next
      window.clearTimeout(timer)
      if (next !== null) timer = window.setTimeout(() => setTarget(isMenuOpen(next) ? null : next), delay)
    }
    const key = (event: KeyboardEvent) => {
      isMoving = movingKeys.has(event.key)
      forgetWhatHasGone()
    }
    // By these keys alone: a focus that comes back from a menu or into a dialog explains itself, and its Esc is not ours.
    const focus = () => {
      if (isMoving) setTarget(explained(document.activeElement))
    }
    const press = () => {
      isMoving = false
      hide()
    }

    const leaving = document.documentElement
    document.addEventListener('pointerover', point)
    leaving.addEventListener('pointerleave', hide)
    document.addEventListener('keydown', key, true)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('pointerdown', press, true)
    document.addEventListener('click', hide, true)
    const before = last.current
    if (before instanceof PointerEvent && before.type === 'pointerover') point(before)
    if (before instanceof KeyboardEvent) {
      key(before)
      focus()
    }
    return () => {
      window.clearTimeout(timer)
      document.removeEventListener('pointerover', point)
      leaving.removeEventListener('pointerleave', hide)
      document.removeEventListener('keydown', key, true)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('pointerdown', press, true)
      document.removeEventListener('click', hide, true)
    }
  }, [last])

  if (target === null) return null
  return (
    <Tooltip.Provider>
      <Tooltip.Root open onOpenChange={() => setTarget(null)}>
        <Tooltip.Trigger asChild>
          <TriggerProxy of={target} />
        </Tooltip.Trigger>
        {/* In a dialog, which lies above everything else. */}
        <Tooltip.Portal container={target.closest('dialog') ?? document.body}>
          <Tooltip.Content
            aria-hidden="true"
            className={styles['tooltip']}
            sideOffset={2}
            collisionPadding={4}
            hideWhenDetached
          >
            {target.dataset['tooltip']}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}

const explained = (at: EventTarget | null): HTMLElement | null =>
  at instanceof Element ? at.closest<HTMLElement>('[data-tooltip]') : null

/** A menu's button has said enough. */
const isMenuOpen = (element: HTMLElement): boolean => element.matches('[aria-haspopup][aria-expanded=true]')
