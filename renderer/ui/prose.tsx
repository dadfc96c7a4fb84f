import { Fragment, type ReactNode } from 'react'
import styles from './prose.module.css'

/** A sentence from the locale files; what stands between backticks is something to type. */
export const Prose = ({ text }: { readonly text: string }) => {
  const pieces: ReactNode[] = []
  for (const part of text.split('`')) {
    // The parts of a sentence are told apart by their place alone.
    const place = pieces.length
    pieces.push(
      place % 2 === 0 ? (
        <Fragment key={place}>{part}</Fragment>
      ) : (
        <code key={place} className={styles['code']}>
          {part}
        </code>
      ),
    )
  }
  return pieces
}
