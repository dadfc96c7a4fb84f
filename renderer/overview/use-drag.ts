import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { Place } from '../../common/preferences/rearrange.ts'
import { type DropTarget, dropTarget, type ListEntry } from './drop-target.ts'

export interface Drag {
  /** The account that is being dragged. */
  readonly id: string | null
  /** Where the line stands, in pixels below the upper edge of the list. */
  readonly line: number | null
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
}

interface Held {
  readonly id: string
  readonly pointer: number
  /** Where it was taken, in pixels below the upper edge of the window. */
  readonly from: number
}

/** How far the pointer moves before that is a drag, in pixels. */
const slack = 4
/** How near to an edge of what scrolls the list begins to move, and how fast at most in a frame, in pixels. */
const edge = 40
const fastest = 14

/**
 * Drags accounts of a list by their handles (`data-handle`), with a mouse, a pen or a finger. Esc lets go of one.
 * @param onDrop called when one has been put somewhere
 */
export const useDrag = (list: RefObject<HTMLElement | null>, onDrop: (id: string, place: Place) => void): Drag => {
  const [held, setHeld] = useState<Held | null>(null)
  const [target, setTarget] = useState<DropTarget | null>(null)

  const letGo = useEffectEvent(() => {
    setHeld(null)
    setTarget(null)
  })
  const aim = useEffectEvent((y: number) => {
    if (list.current === null) return
    const { top } = list.current.getBoundingClientRect()
    const next = dropTarget(y - top, entriesOf(list.current, top))
    if (target?.line !== next.line) setTarget(next)
  })
  const drop = useEffectEvent(() => {
    if (held !== null && target !== null) onDrop(held.id, target.place)
    letGo()
  })

  useEffect(() => {
    if (held === null) return
    const scroller = list.current?.closest('main, [data-scrolls]')
    let y = held.from
    let isDragging = false
    let frame = 0
    const scroll = () => {
      const by = scroller ? scrollStep(scroller.getBoundingClientRect(), y) : 0
      if (by !== 0) {
        scroller?.scrollBy(0, by)
        aim(y)
      }
      frame = requestAnimationFrame(scroll)
    }
    const controller = new AbortController()
    const { signal } = controller
    const on = (name: 'pointermove' | 'pointerup' | 'pointercancel', act: (at: number) => void) =>
      window.addEventListener(name, ({ pointerId, clientY }) => pointerId === held.pointer && act(clientY), { signal })
    on('pointermove', (at) => {
      y = at
      if (!isDragging && Math.abs(y - held.from) < slack) return
      if (!isDragging) frame = requestAnimationFrame(scroll)
      isDragging = true
      aim(y)
    })
    on('pointerup', drop)
    on('pointercancel', letGo)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      letGo()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true, signal })
    return () => {
      controller.abort()
      cancelAnimationFrame(frame)
    }
  }, [held, list])

  return {
    id: target === null ? null : (held?.id ?? null),
    line: target?.line ?? null,
    onPointerDown: (event) => {
      const handle = event.target instanceof Element ? event.target.closest('[data-handle]') : null
      const id = handle?.closest<HTMLElement>('[data-account]')?.dataset['account']
      if (handle === null || id === undefined || event.button !== 0 || !event.isPrimary) return
      // Otherwise a drag would select text.
      event.preventDefault()
      handle.setPointerCapture(event.pointerId)
      setHeld({ id, pointer: event.pointerId, from: event.clientY })
    },
  }
}

const entriesOf = (list: HTMLElement, listTop: number): readonly ListEntry[] =>
  [...list.querySelectorAll<HTMLElement>(':scope > li')].map((entry) => {
    const { top, bottom } = entry.getBoundingClientRect()
    const { account, group } = entry.dataset
    const kind = account !== undefined ? 'account' : group !== undefined ? 'group' : 'note'
    return { kind, id: account ?? group ?? '', top: top - listTop, bottom: bottom - listTop }
  })

/** How far to scroll in one frame for a pointer at `y`: faster the nearer it is to an edge, or beyond. */
const scrollStep = ({ top, bottom }: DOMRect, y: number): number => {
  const over = y < top + edge ? y - top - edge : y > bottom - edge ? y - bottom + edge : 0
  return Math.max(-fastest, Math.min(fastest, Math.round((over / edge) * fastest)))
}
