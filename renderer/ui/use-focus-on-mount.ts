import { type RefObject, useEffect, useRef } from 'react'

/** Focuses an element when it appears: the next thing to do, after what had the focus before is gone. */
export const useFocusOnMount = <Element extends HTMLElement>(): RefObject<Element | null> => {
  const element = useRef<Element>(null)
  useEffect(() => element.current?.focus(), [])
  return element
}
