import { Suspense } from 'react'
import { UndoOfferBar } from '../app/lazy-views.ts'
import styles from './undo-bar.module.css'
import type { NumberedOffer } from './use-undo.ts'

/** What was done last and can be undone, until something else is changed or it has been seen long enough. */
export const UndoBar = ({ offered }: { readonly offered: NumberedOffer | null }) => (
  // Always there, for what comes into it is read out only then.
  <div role="status" className={styles['place']}>
    <Suspense>{offered !== null && <UndoOfferBar key={offered.number} offered={offered.offer} />}</Suspense>
  </div>
)
