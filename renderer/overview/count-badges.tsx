import type { Counts } from '../../common/contract/snapshot.ts'
import { countText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import styles from './count-badges.module.css'

const kinds = [
  { kind: 'notifications', icon: 'bell' },
  { kind: 'messages', icon: 'envelope' },
  { kind: 'chat', icon: 'bubble' },
  { kind: 'reviewables', icon: 'flag' },
] as const satisfies readonly { kind: keyof Counts; icon: IconName }[]

const most = 999

/** What is new, by kind; kinds with nothing are left out. */
export const CountBadges = ({ counts }: { readonly counts: Counts }) => {
  const { t } = useServices()
  const present = kinds.filter(({ kind }) => counts[kind] > 0)
  if (present.length === 0) {
    return (
      <span aria-hidden="true" className={styles['none']}>
        ·
      </span>
    )
  }
  return present.map(({ kind, icon }) => {
    const count = counts[kind]
    const isCapped = kind === 'notifications' && counts.isCapped === true
    return (
      <span key={kind} role="img" aria-label={countText(t, counts, kind)} className={styles['badge']}>
        <Icon name={icon} size={14} />
        {count > most || isCapped ? t('overview.moreThan', { count: Math.min(count, most) }) : t.number(count)}
      </span>
    )
  })
}
