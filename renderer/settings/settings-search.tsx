import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react'

/** The search in the settings, as each setting sees it. */
interface SettingsSearch {
  /** What the user typed; everything is shown while it is empty. */
  readonly query: string
  /** The title of the surrounding section: a match there shows the whole section. */
  readonly title: string
  /** Called with 1 when a setting of the section appears, and with -1 when it disappears. */
  readonly onShown: (change: 1 | -1) => void
}

const SettingsSearchContext = createContext<SettingsSearch>({ query: '', title: '', onShown: () => undefined })
export const SettingsSearchProvider = SettingsSearchContext.Provider
export const useSettingsSearch = (): SettingsSearch => useContext(SettingsSearchContext)

interface SearchableProps {
  /** The texts it can be found by: its label and its hint. */
  readonly words: readonly (string | undefined)[]
  readonly children: ReactNode
}

/** A setting that is shown while it matches the search. */
export const Searchable = ({ words, children }: SearchableProps) => {
  const { query, title, onShown } = useSettingsSearch()
  const isShown = matches(query, [title, ...words])
  useLayoutEffect(() => {
    if (!isShown) return
    onShown(1)
    return () => onShown(-1)
  }, [isShown, onShown])
  return isShown && children
}

/** Whether each word of a query occurs in the texts of a setting, ignoring case. */
const matches = (query: string, words: readonly (string | undefined)[]): boolean => {
  const text = words.join(' ').toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
