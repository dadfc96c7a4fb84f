import type { ReactNode } from 'react'
import styles from './diagnostics.module.css'

/** One line of a list of facts. */
export const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div className={styles['fact']}>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)
