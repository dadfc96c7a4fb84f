import type { ReactNode } from 'react'
import styles from './fact.module.css'

/** One term of a `dl` with its value. The list may set the width of its terms as `--term`. */
export const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div className={styles['fact']}>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)
