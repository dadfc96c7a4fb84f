import { useEffect, useState } from 'react'
import { useServices } from '../services/services.ts'
import styles from './skeleton.module.css'

interface SkeletonProps {
  /** What is coming: accounts, notifications with the search above them, or sections with headings. */
  readonly of: 'accounts' | 'inbox' | 'sections'
  /** Whether another one says that something is loading. */
  readonly isSilent?: boolean
}

/** Milliseconds before a screen reader is told that something is loading. */
const announceAfter = 300

/** The shape of what is being loaded, in the places where it will stand, so that nothing jumps when it is there. */
export const Skeleton = ({ of, isSilent = false }: SkeletonProps) => (
  <>
    {!isSilent && <LoadingWord />}
    <div aria-hidden="true" className={styles['skeleton']}>
      {of === 'inbox' && (
        <>
          <div className={styles['filters']}>
            <span className={`${styles['field']} ${styles['search']}`} />
            <span className={`${styles['field']} ${styles['choice']}`} />
            <span className={`${styles['field']} ${styles['choice']}`} />
          </div>
          <div className={styles['day']}>
            <span className={styles['line']} />
          </div>
        </>
      )}
      {of !== 'sections' &&
        Array.from({ length: 6 }, (_, row) => row).map((row) => <Row key={row} isSmall={of === 'inbox'} />)}
      {of === 'sections' && Array.from({ length: 3 }, (_, section) => section).map((one) => <Section key={one} />)}
    </div>
  </>
)

/** For who hears the page; what comes at once needs no words. */
const LoadingWord = () => {
  const { t } = useServices()
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), announceAfter)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p role="status" className="visually-hidden">
      {isLate && t('page.loading')}
    </p>
  )
}

const Row = ({ isSmall }: { readonly isSmall: boolean }) => (
  <div className={styles['row']}>
    <span className={`${styles['picture']} ${isSmall ? styles['small'] : ''}`} />
    <span className={styles['words']}>
      <span className={styles['line']} />
      <span className={`${styles['line']} ${styles['long']}`} />
    </span>
  </div>
)

const Section = () => (
  <div className={styles['section']}>
    <span className={styles['line']} />
    {Array.from({ length: 4 }, (_, row) => row).map((row) => (
      <span key={row} className={styles['setting']}>
        <span className={`${styles['line']} ${styles['long']}`} />
        <span className={styles['control']} />
      </span>
    ))}
  </div>
)
