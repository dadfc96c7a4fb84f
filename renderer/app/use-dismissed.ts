import { useState } from 'react'

/**
 * Whether the user has dismissed something that is said once, kept in the browser's storage: it is about this page, not about
 * the notifier.
 * @param about what it is about, as part of the storage's key
 * @returns whether it was dismissed, and how to dismiss it
 */
export const useDismissed = (about: string): readonly [isDismissed: boolean, dismiss: () => void] => {
  const key = `discourse-notifier.dismissed.${about}`
  const [isDismissed, setDismissed] = useState(() => window.localStorage.getItem(key) !== null)
  const dismiss = () => {
    window.localStorage.setItem(key, '')
    setDismissed(true)
  }
  return [isDismissed, dismiss]
}
