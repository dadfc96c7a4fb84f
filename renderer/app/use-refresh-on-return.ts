import { useCallback, useEffect, useRef } from 'react'

/**
 * Refreshes the accounts whose pages were opened as soon as the user returns: what was read there is no longer new.
 * @param refresh requests one account's counts
 * @returns a stable function, to be called with the account whose page is being opened
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
