import { useCallback, useEffect, useRef } from 'react'

/**
 * Refreshes the accounts whose pages were opened as soon as the user is back: what was read there is not new any more.
 * @param refresh asks for one account's counts
 * @returns to be called with the account whose page is being opened; always the same function
 */
export const useRefreshOnReturn = (refresh: (account: string) => void): ((account: string) => void) => {
  const away = useRef(new Set<string>())
  const latest = useRef(refresh)
  useEffect(() => {
    latest.current = refresh
  })
  useEffect(() => {
    const onFocus = () => {
      const accounts = [...away.current]
      away.current.clear()
      for (const account of accounts) latest.current(account)
    }
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [])
  return useCallback((account) => void away.current.add(account), [])
}
