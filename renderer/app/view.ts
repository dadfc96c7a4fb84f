import { kindGroups } from '../../common/glance/kind-group.ts'
import { type InboxFilter, inboxOrders, wholeInbox } from '../inbox/inbox-filter.ts'

/** The parts of the settings, in the order of the page. */
export const settingsSections = [
  'appearance',
  'alerts',
  'accounts',
  'quiet',
  'badge',
  'general',
  'network',
  'privacy',
  'file',
  'help',
] as const

export type SettingsSection = (typeof settingsSections)[number]

/** What the window shows beside or instead of the overview. */
export type DetailView =
  | { readonly kind: 'access' }
  | { readonly kind: 'inbox'; readonly filter: InboxFilter }
  | { readonly kind: 'settings'; readonly section?: SettingsSection }
  /** The settings of one account, by its id. */
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'diagnostics' }

/** What the window shows. Every view has an address, so that back, forward, reload and bookmarks work. */
export type View = { readonly kind: 'overview' } | DetailView

/** The address of a view, as a fragment that begins with `#/`. */
export const addressOf = (view: View): string => {
  switch (view.kind) {
    case 'overview':
      return '#/'
    case 'access':
    case 'diagnostics':
      return `#/${view.kind}`
    case 'settings':
      return view.section === undefined ? '#/settings' : `#/settings/${view.section}`
    case 'account':
      return `#/account/${encodeURIComponent(view.account)}`
    case 'inbox': {
      const { account, group, order, search } = view.filter
      const query = new URLSearchParams({
        ...(account === null ? {} : { forum: account }),
        ...(group === null ? {} : { kind: group }),
        ...(order === wholeInbox.order ? {} : { show: order }),
        ...(search === '' ? {} : { search }),
      }).toString()
      return query === '' ? '#/inbox' : `#/inbox?${query}`
    }
  }
}

/** The view at an address; the overview if the fragment is not the address of a view. */
export const viewAt = (fragment: string): View => {
  const [path = '', query = ''] = fragment.split('?', 2)
  switch (path) {
    case '#/access':
      return { kind: 'access' }
    case '#/diagnostics':
      return { kind: 'diagnostics' }
    case '#/inbox':
      return { kind: 'inbox', filter: filterIn(new URLSearchParams(query)) }
    default:
      return viewBelow(path)
  }
}

/** The view at an address that names a part of it: `#/settings/network`, `#/account/<id>`. */
const viewBelow = (path: string): View => {
  const [, kind, name] = path.split('/', 3)
  if (kind === 'settings') {
    const section = settingsSections.find((known) => known === name)
    return section === undefined ? { kind } : { kind, section }
  }
  return kind === 'account' && name !== undefined ? { kind, account: decoded(name) } : { kind: 'overview' }
}

/** Addresses may be typed by hand: text that cannot be decoded is used as it is. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Addresses may be typed by hand: an unknown value counts as the filter's default. */
const filterIn = (query: URLSearchParams): InboxFilter => ({
  account: query.get('forum'),
  group: kindGroups.find((group) => group === query.get('kind')) ?? wholeInbox.group,
  order: inboxOrders.find((order) => order === query.get('show')) ?? wholeInbox.order,
  search: query.get('search')?.slice(0, longestSearch) ?? wholeInbox.search,
})

const longestSearch = 200
