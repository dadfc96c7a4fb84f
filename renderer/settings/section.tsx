import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { SettingsSection } from '../app/view.ts'
import { useServices } from '../services/services.ts'
import styles from './settings.module.css'
import { SettingsSearchProvider, useSettingsSearch } from './settings-search.tsx'

interface SectionProps {
  /** Which of the sections it is, if it is one of them. */
  readonly name?: SettingsSection
  /** The title, if it is not one of those sections. */
  readonly title?: string
  /** Whether the user was sent here: it is scrolled into view and focused. */
  readonly isGoal?: boolean
  readonly children: ReactNode
}

/** Settings that belong together, under their heading; hidden while none of them matches the search. */
export const Section = ({ name, title: given = '', isGoal = false, children }: SectionProps) => {
  const { t } = useServices()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const { query, onShown: onShownBelow } = useSettingsSearch()
  const [shown, setShown] = useState(0)
  const title = name === undefined ? given : t(`settings.${name}`)
  const onShown = useCallback(
    (change: 1 | -1) => {
      setShown((before) => before + change)
      onShownBelow(change)
    },
    [onShownBelow],
  )
  const search = useMemo(() => ({ query, title, onShown }), [query, title, onShown])
  useEffect(() => {
    if (isGoal) showHeading(heading.current)
  }, [isGoal])
  return (
    <section aria-labelledby={id} className={styles['section']} hidden={query !== '' && shown === 0}>
      <h2 ref={heading} id={id} data-section={name} tabIndex={-1} className={styles['heading']}>
        {title}
      </h2>
      <SettingsSearchProvider value={search}>{children}</SettingsSearchProvider>
    </section>
  )
}

/** Scrolls to a section and focuses its heading, so that keyboard navigation continues from there. */
export const showHeading = (heading: HTMLElement | null): void => {
  heading?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'start' })
}
