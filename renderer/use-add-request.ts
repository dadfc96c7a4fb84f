import { useEffect, useRef } from 'react'

const fragment = '#add'

/**
 * Lets a shell ask for the “Add a forum” dialog, as its tray menu does, by giving the page's address the fragment
 * `#add`; the fragment is taken away again, so that it can be given another time.
 */
export const useAddRequest = (open: () => void): void => {
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const look = () => {
      if (window.location.hash !== fragment) return
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
      latest.current()
    }
    look()
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [])
}
