import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { accountNews } from '../../common/glance/badge.ts'
import { countedRows } from '../../common/glance/counted-rows.ts'
import { type KindGroup, kindGroup, kindGroups } from '../../common/glance/kind-group.ts'
import { accountPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import styles from './kind-tabs.module.css'

interface KindTabsProps {
  /** Those whose notifications are shown. */
  readonly accounts: readonly AccountView[]
  readonly preferences: Preferences
  readonly group: KindGroup | null
  readonly onGroup: (group: KindGroup | null) => void
}

/** The kinds of notifications, with how many of each are new. Arrow keys move between them. */
export const KindTabs = ({ accounts, preferences, group, onGroup }: KindTabsProps) => {
  const { t } = useServices()
  const counts = countNew(accounts, preferences)
  const tabs = [null, ...kindGroups] as const
  const list = useRef<HTMLDivElement>(null)
  // In the middle, so that the next one can be seen and pressed. Only the line is scrolled, not the view it is in.
  useEffect(() => {
    const line = list.current
    const tab = line?.querySelector(`[data-tab="${group ?? ''}"]`)
    if (!line || !tab) return
    const [of, to] = [line.getBoundingClientRect(), tab.getBoundingClientRect()]
    line.scrollLeft += (to.left + to.right - of.left - of.right) / 2
  }, [group])
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
    <div ref={list} role="tablist" aria-label={t('inbox.kind')} className={styles['tabs']} onKeyDown={onKeyDown}>
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
            {count > 0 && <span className={styles['count']}>{t.number(count)}</span>}
          </button>
        )
      })}
    </div>
  )
}

/**
 * How many notifications of each kind are new; under null, everything new, in the same number as header and badge. What
 * the user has taken out of that number is in none of them; chats and the review queue are in that number only, for no
 * list contains them.
 */
const countNew = (
  accounts: readonly AccountView[],
  preferences: Preferences,
): ReadonlyMap<KindGroup | null, number> => {
  const counts = new Map<KindGroup | null, number>()
  const add = (group: KindGroup | null, count: number) => counts.set(group, (counts.get(group) ?? 0) + count)
  for (const account of accounts) {
    add(null, accountNews({ preferences }, account))
    if (!accountPreferences(preferences, account.id).inBadge) continue
    for (const { kind } of countedRows(account)) {
      if (preferences.badge.counts.includes(kind === 'private_message' ? 'messages' : 'notifications'))
        add(kindGroup(kind), 1)
    }
  }
  return counts
}
