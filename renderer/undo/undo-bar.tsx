import { Suspense } from 'react'
import { UndoOfferBar } from '../app/lazy-views.ts'
import styles from './undo-bar.module.css'
import type { NumberedOffer } from './use-undo.ts'

interface UndoBarProps {
  readonly offered: NumberedOffer | null
  /** Whether the forums are beside the view that it is about. */
  readonly isBeside?: boolean
}

/** What was done last and can be undone, until something else is changed or it has been seen long enough. */
export const UndoBar = ({ offered, isBeside = false }: UndoBarProps) => (
  // Always there, for what comes into it is read out only then.
  <div role="status" className={`${styles['place']} ${isBeside ? styles['beside'] : ''}`}>
    <Suspense>{offered !== null && <UndoOfferBar key={offered.number} offered={offered.offer} />}</Suspense>
  </div>
)
