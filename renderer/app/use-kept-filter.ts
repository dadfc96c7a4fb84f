import { useEffect, useMemo, useRef } from 'react'
import { type InboxFilter, wholeInbox } from '../inbox/inbox-filter.ts'
import { addressOf, type View, viewAt } from './view.ts'

/** The storage key of the filter, kept as an address and parsed like that of the page. */
const key = 'discourse-notifier.filter'

/**
 * The inbox's kind and order as they were last chosen, even in another tab or session of this browser. Forum and search
 * are not kept, since they belong to one task, nor is the order `snoozed`, which users look at only briefly.
 * @returns a function that returns the filter
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
