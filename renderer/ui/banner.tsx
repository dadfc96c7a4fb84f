import type { ReactNode } from 'react'
import styles from './banner.module.css'
import { Prose } from './prose.tsx'

interface BannerProps {
  /** `wrong` for what is broken, `waits` for what waits for the user, `quiet` for what is only worth knowing. */
  readonly tone: 'wrong' | 'waits' | 'quiet'
  readonly title?: string
  readonly text: string
  readonly children?: ReactNode
}

/** A sentence about the whole program, above the list it concerns. */
export const Banner = ({ tone, title, text, children }: BannerProps) => (
  <div role={tone === 'quiet' ? 'status' : 'alert'} className={`${styles['banner']} ${styles[tone]}`}>
    <div className={styles['words']}>
      {title !== undefined && <p className={styles['title']}>{title}</p>}
      <p className={styles['text']}>
        <Prose text={text} />
      </p>
    </div>
    {Boolean(children) && <div className={styles['remedies']}>{children}</div>}
  </div>
)
