import { useEffect, useMemo, useRef } from 'react'
import { type InboxFilter, wholeInbox } from '../inbox/inbox-filter.ts'
import { addressOf, type View, viewAt } from './view.ts'

/** The filter's address, which the same rules read as that of the page. */
const key = 'discourse-notifier.filter'

/**
 * Kind and order of the history as they were chosen last, also in another tab or another session of this browser. The forum and
 * the search are about what was looked for then, and what is snoozed is looked at in between.
 * @returns a function that gives them
 */
export const useKeptFilter = (view: View): (() => InboxFilter) => {
  const begins = useMemo(() => filterAt(window.localStorage.getItem(key) ?? ''), [])
  const filter = useRef(begins)
  useEffect(() => {
    if (view.kind !== 'inbox' || view.filter.order === 'snoozed') return
    const kept = { ...view.filter, account: null, search: '' }
    filter.current = kept
    window.localStorage.setItem(key, addressOf({ kind: 'inbox', filter: kept }))
  }, [view])
  return useMemo(() => () => filter.current, [])
}

const filterAt = (address: string): InboxFilter => {
  const view = viewAt(address)
  return view.kind === 'inbox' ? view.filter : wholeInbox
}
