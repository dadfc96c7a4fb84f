import { type ReactNode, useEffect, useId, useRef } from 'react'
import styles from './settings.module.css'

interface SectionProps {
  readonly title: string
  /** Whether the user was sent here: it is scrolled to, and the keyboard goes on from here. */
  readonly isGoal?: boolean
  readonly children: ReactNode
}

/** Settings that belong together, under their heading. */
export const Section = ({ title, isGoal = false, children }: SectionProps) => {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isGoal) return
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [isGoal])
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <h2 ref={heading} id={id} tabIndex={isGoal ? -1 : undefined} className={styles['heading']}>
        {title}
      </h2>
      {children}
    </section>
  )
}
