import { useServices } from '../services/services.ts'
import styles from './home.module.css'

/**
 * How many more notifications a row stands for, as “+2”: “2 more” is what a forum's list says of rows that are not
 * shown. Nothing for none.
 */
export const Others = ({ count }: { readonly count: number }) => {
  const { t } = useServices()
  if (count === 0) return null
  const words = t('home.more', { count })
  return (
    <span className={styles['others']} title={words}>
      <span aria-hidden="true" dir="ltr">
        +{t.number(count)}
      </span>
      <span className="visually-hidden">{words}</span>
    </span>
  )
}
