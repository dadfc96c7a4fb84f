import { useEffect, useRef } from 'react'
import { type PageRequest, pageRequests } from '../../common/contract/page-request.ts'

/**
 * Lets a shell ask for the “Add a forum” dialog or a view, as its tray menu does, by giving the page's address a
 * fragment; the fragment is taken away again, so that it can be given another time.
 */
export const usePageRequest = (open: (request: PageRequest) => void): void => {
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const look = () => {
      const request = pageRequests.find((known) => window.location.hash === `#${known}`)
      if (request === undefined) return
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
      latest.current(request)
    }
    look()
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [])
}
