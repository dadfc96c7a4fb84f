import { type ReactNode, type Ref, useRef } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { kindGroups } from '../../common/glance/kind-group.ts'
import type { Preferences } from '../../common/preferences/preferences.ts'
import { usePageKeys, useSingleKeys } from '../app/use-page-keys.ts'
import { useServices } from '../services/services.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { type InboxFilter, inboxOrders } from './inbox-filter.ts'
import styles from './inbox-filters.module.css'
import { KindTabs } from './kind-tabs.tsx'

interface InboxFiltersProps {
  readonly filter: InboxFilter
  readonly onFilter: (change: Partial<InboxFilter>) => void
  readonly accounts: readonly AccountView[]
  readonly preferences: Preferences
  readonly names: ReadonlyMap<string, string>
  /** Whether the list of forums is beside it, so that the forum is chosen there. */
  readonly isBeside: boolean
  /** Null when nothing is unread. */
  readonly onMarkAll: (() => void) | null
  /** Called when the user moves from the search field to the results. */
  readonly onLeave: () => void
  /** Content that stays in view as well. */
  readonly children?: ReactNode
  readonly ref?: Ref<HTMLElement>
}

/** Chooses what is shown: a search, and one choice each of forum, kind and order. */
export const InboxFilters = ({
  filter,
  onFilter,
  accounts,
  preferences,
  names,
  isBeside,
  onMarkAll,
  onLeave,
  children,
  ref,
}: InboxFiltersProps) => {
  const { t } = useServices()
  const search = useRef<HTMLInputElement>(null)
  const hasSingleKeys = useSingleKeys()
  usePageKeys((key) => {
    if (key !== '/') return false
    search.current?.select()
    search.current?.focus()
    return true
  })

  const markAll = (
    <span className={styles['markAll']}>
      {onMarkAll !== null && <IconButton icon="checks" label={t('inbox.markAll')} onClick={onMarkAll} />}
    </span>
  )

  return (
    <section ref={ref} aria-label={t('inbox.filters')} className={styles['filters']}>
      {isBeside && (
        <KindTabs
          accounts={accounts.filter(({ id }) => filter.account === null || id === filter.account)}
          preferences={preferences}
          group={filter.group}
          onGroup={(group) => onFilter({ group })}
        />
      )}
      <span className={styles['search']}>
        <Icon name="search" size={14} />
        <input
          ref={search}
          type="search"
          aria-label={t('inbox.search')}
          aria-keyshortcuts={hasSingleKeys ? '/' : undefined}
          placeholder={t('inbox.search')}
          value={filter.search}
          onChange={({ target }) => onFilter({ search: target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onFilter({ search: '' })
            else if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
            event.preventDefault()
            event.currentTarget.blur()
            onLeave()
          }}
        />
      </span>
      {/* In the popup three choices need a whole line, in most languages. */}
      {!isBeside && markAll}
      <div className={styles['choices']}>
        {!isBeside && accounts.length > 1 && (
          <Select
            look="filter"
            label={t('inbox.account')}
            value={filter.account ?? ''}
            options={[['', t('inbox.allAccounts')], ...accounts.map(({ id }) => [id, names.get(id) ?? ''] as const)]}
            onChoose={(id) => onFilter({ account: id === '' ? null : id })}
          />
        )}
        {!isBeside && (
          <Select
            look="filter"
            label={t('inbox.kind')}
            value={filter.group ?? ''}
            options={[['', t('inbox.allKinds')], ...kindGroups.map((group) => [group, t(`inbox.${group}`)] as const)]}
            onChoose={(chosen) => onFilter({ group: kindGroups.find((group) => group === chosen) ?? null })}
          />
        )}
        <Select
          look="filter"
          label={t('inbox.order')}
          value={filter.order}
          options={inboxOrders.map((order) => [order, t(`inbox.${order}`)] as const)}
          onChoose={(chosen) => onFilter({ order: inboxOrders.find((order) => order === chosen) ?? 'newest' })}
        />
        {isBeside && markAll}
      </div>
      {Boolean(children) && <div className={styles['note']}>{children}</div>}
    </section>
  )
}
