import type { ReactNode } from 'react'
import { DisclosureArrow } from '../ui/disclosure-arrow.tsx'
import styles from './home.module.css'
import { rovingStop } from './use-roving-focus.ts'

interface FoldProps {
  readonly text: string
  readonly isOpen: boolean
  readonly onToggle: () => void
  /** The ground of the row, which is the home's own by default. */
  readonly className?: string
  /** A button for all the rows that it stands for. */
  readonly children?: ReactNode
}

/** A row of a list that shows and hides those below it. */
export const Fold = ({ text, isOpen, onToggle, className, children }: FoldProps) => (
  <li data-row="" className={`${styles['foldRow']} ${className ?? ''}`}>
    <button {...rovingStop} type="button" className={styles['fold']} aria-expanded={isOpen} onClick={onToggle}>
      <DisclosureArrow className={styles['sign']} />
      {text}
    </button>
    {children}
  </li>
)
