/** What the window shows beside or instead of the overview. */
export type DetailView =
  | { readonly kind: 'access' }
  | { readonly kind: 'inbox'; readonly account: string | null }
  | { readonly kind: 'settings'; readonly begin?: 'network' }
  | { readonly kind: 'diagnostics' }

/** `from` is the view the user comes back from: the focus goes to what opened it. */
export type View = { readonly kind: 'overview'; readonly from: 'access' | 'inbox' | 'settings' | null } | DetailView
