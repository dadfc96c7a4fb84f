import type { MouseEvent } from 'react'

/**
 * Opens the menu of a row's button as the row's context menu, by pointer or key. With Shift the browser's own is shown.
 */
export const openRowMenu = (event: MouseEvent): void => {
  const { target, shiftKey } = event
  if (shiftKey || !(target instanceof Element) || target.closest('input, dialog, [role=menu]') !== null) return
  const button = target.closest('[data-row]')?.querySelector<HTMLElement>('[aria-haspopup=menu]')
  if (!button) return
  event.preventDefault()
  if (button.getAttribute('aria-expanded') !== 'true') button.click()
}
