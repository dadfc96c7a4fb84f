import type { KeyboardEvent } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { type KindGroup, kindGroup, kindGroups } from '../../common/glance/kind-group.ts'
import { useServices } from '../services/services.ts'
import styles from './kind-tabs.module.css'

interface KindTabsProps {
  /** Those whose notifications are shown. */
  readonly accounts: readonly AccountView[]
  readonly group: KindGroup | null
  readonly onGroup: (group: KindGroup | null) => void
}

/** The kinds of notifications, with how many of each are unread and not snoozed. Arrow keys move between them. */
export const KindTabs = ({ accounts, group, onGroup }: KindTabsProps) => {
  const { t } = useServices()
  const counts = countUnread(accounts)
  const tabs = [null, ...kindGroups] as const
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const forwards = event.currentTarget.matches('[dir="rtl"] *') ? 'ArrowLeft' : 'ArrowRight'
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: -1, [forwards]: 1 }
    const at = tabs.indexOf(group)
    const step = steps[event.key]
    const goal = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step && at + step
    const next = goal === undefined ? undefined : tabs[(goal + tabs.length) % tabs.length]
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    // The page's own arrow keys move from row to row.
    event.stopPropagation()
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next ?? ''}"]`)?.focus()
    onGroup(next)
  }
  return (
    <div role="tablist" aria-label={t('inbox.kind')} className={styles['tabs']} onKeyDown={onKeyDown}>
      {tabs.map((tab) => {
        const count = counts.get(tab) ?? 0
        return (
          <button
            key={tab}
            type="button"
            role="tab"
            data-tab={tab ?? ''}
            aria-selected={tab === group}
            tabIndex={tab === group ? 0 : -1}
            className={styles['tab']}
            onClick={() => onGroup(tab)}
          >
            {t(tab === null ? 'inbox.allKinds' : `inbox.${tab}`)}
            {count > 0 && <span className={styles['count']}>{count.toLocaleString(t.locale)}</span>}
          </button>
        )
      })}
    </div>
  )
}

/** How many notifications of each kind are unread and not snoozed; under null, those of all kinds. */
const countUnread = (accounts: readonly AccountView[]): ReadonlyMap<KindGroup | null, number> => {
  const counts = new Map<KindGroup | null, number>()
  const add = (group: KindGroup | null) => counts.set(group, (counts.get(group) ?? 0) + 1)
  for (const { items, snoozed } of accounts) {
    const hidden = new Set(snoozed.map(({ notification }) => notification))
    for (const { id, kind, read } of items ?? []) {
      if (read || hidden.has(id)) continue
      add(null)
      add(kindGroup(kind))
    }
  }
  return counts
}
