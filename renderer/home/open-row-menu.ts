import type { MouseEvent } from 'react'

/** The context menu of a row, by pointer or key, is the menu of its button. With Shift the browser's own is shown. */
export const openRowMenu = (event: MouseEvent): void => {
  const { target, shiftKey } = event
  if (shiftKey || !(target instanceof Element) || target.closest('input, dialog, [role=menu]') !== null) return
  const button = target.closest('[data-row]')?.querySelector<HTMLElement>('[aria-haspopup=menu]')
  if (!button) return
  event.preventDefault()
  if (button.getAttribute('aria-expanded') !== 'true') button.click()
}
