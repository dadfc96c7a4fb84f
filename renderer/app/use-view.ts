import { useCallback, useEffect, useRef, useState } from 'react'
import { type PageRequest, pageRequests } from '../../common/contract/page-request.ts'
import { addressOf, type View, viewAt } from './view.ts'

/** The view at the page's address, and functions to go to another one. */
export interface Navigation {
  readonly view: View
  /** The kind of view that was left for this one, so that the focus can go to what opened it; null at first. */
  readonly from: View['kind'] | null
  /** Counts visits: a new number is a new visit, even to the same view. */
  readonly visit: number
  /** Goes to a view. The browser's Back button then leads back to the current one. */
  readonly go: (view: View) => void
  /** Changes the current view, such as its filter, without adding a step for the Back button. */
  readonly replace: (view: View) => void
}

/**
 * Keeps the view in the fragment of the page's address, which browsers do not send anywhere.
 * @param onRequest called when a shell asks for something by a fragment of its own, as the tray menu does. The fragment
 * is removed again, so that it can be used another time.
 */
export const useView = (onRequest: (request: PageRequest) => void): Navigation => {
  const [state, setState] = useState<Pick<Navigation, 'view' | 'from' | 'visit'>>(() => ({
    view: viewAt(window.location.hash),
    from: null,
    visit: 0,
  }))
  const visitView = useCallback((view: View) => {
    setState((before) => ({ view, from: before.view.kind, visit: before.visit + 1 }))
  }, [])
  const latestRequest = useRef(onRequest)
  useEffect(() => {
    latestRequest.current = onRequest
  })

  useEffect(() => {
    const readRequest = (): boolean => {
      const request = pageRequests.find((known) => window.location.hash === `#${known}`)
      if (request === undefined) return false
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
      latestRequest.current(request)
      return true
    }
    // Fires for Back and Forward, and for an address that the user types.
    const onPopState = () => {
      if (!readRequest()) visitView(viewAt(window.location.hash))
    }
    readRequest()
    window.addEventListener('popstate', onPopState)
    window.addEventListener('hashchange', readRequest)
    return () => {
      window.removeEventListener('popstate', onPopState)
      window.removeEventListener('hashchange', readRequest)
    }
  }, [visitView])

  const go = useCallback(
    (view: View) => {
      const address = addressOf(view)
      const isSame = address === addressOf(viewAt(window.location.hash))
      // The same view once more begins at its top: what was kept with this step is dropped.
      window.history[isSame ? 'replaceState' : 'pushState'](null, '', address)
      visitView(view)
    },
    [visitView],
  )
  const replace = useCallback((view: View) => {
    window.history.replaceState(window.history.state, '', addressOf(view))
    setState((before) => ({ ...before, view }))
  }, [])
  return { ...state, go, replace }
}
