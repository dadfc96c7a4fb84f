import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './account-list.module.css'
import { AccountRow } from './account-row.tsx'
import { GroupHeading } from './group-heading.tsx'
import { useDrag } from './use-drag.ts'
import { useFirstRows } from './use-first-rows.ts'
import { RearrangingProvider, useRearranging } from './use-rearranging.ts'

interface AccountListProps {
  readonly snapshot: Snapshot
  readonly send: Send
  readonly onOpen: (account: string) => void
  readonly expanded: ReadonlySet<string>
  readonly onExpand: (account: string, isExpanded: boolean) => void
  readonly onInbox: (account: string) => void
  readonly onSignIn: Parameters<typeof AccountRow>[0]['onSignIn']
}

/**
 * The accounts in the user's order and groups. Headings stand among the rows of one list, so that a row that goes to
 * another group remains the same element and keeps the focus.
 */
export const AccountList = ({ snapshot, expanded, ...forRows }: AccountListProps) => {
  const { t } = useServices()
  const list = useRef<HTMLUListElement>(null)
  const rearranging = useRearranging(snapshot)
  const { sections, last, step, moveGroup, failure } = rearranging
  const drag = useDrag(list, rearranging.move)

  useEffect(() => {
    if (last?.kind === 'moved') entryOf(list.current, last.id)?.scrollIntoView({ block: 'nearest' })
    // What had the focus has gone.
    if (last?.kind === 'removed') list.current?.querySelector<HTMLElement>('a, h2 button')?.focus()
  }, [last])

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : null
    const isOther = !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented
    if (direction === null || isOther || !(event.target instanceof HTMLElement)) return
    if (event.target.closest('dialog, input, [role=menu]') !== null) return
    const { account, group } = event.target.closest<HTMLElement>('[data-account], [data-group]')?.dataset ?? {}
    event.preventDefault()
    if (account !== undefined) step(account, direction)
    if (group !== undefined) moveGroup(group, direction)
  }

  const rows = useFirstRows(
    sections.flatMap(({ group, accounts }) => [
      ...(group === null
        ? []
        : [
            <GroupHeading
              key={`group ${group.id}`}
              group={group}
              accounts={accounts}
              snapshot={snapshot}
              rearranging={rearranging}
              isNew={last?.kind === 'added' && last.id === group.id}
            />,
          ]),
      ...(group?.isFolded === true ? [] : accounts).map((account) => (
        <AccountRow
          key={account.id}
          account={account}
          isExpanded={expanded.has(account.id)}
          isDragged={drag.id === account.id}
          {...forRows}
        />
      )),
      ...(group !== null && accounts.length === 0 && !group.isFolded
        ? [
            <li key={`empty ${group.id}`} className={styles['none']}>
              {t('overview.groupEmpty')}
            </li>,
          ]
        : []),
    ]),
  )

  return (
    <RearrangingProvider value={rearranging}>
      {failure !== null && (
        <div className={styles['failure']}>
          <FailureNote failure={failure} />
        </div>
      )}
      <div className={styles['place']}>
        <ul
          ref={list}
          aria-label={t('overview.accounts')}
          className={drag.id === null ? '' : styles['dragging']}
          onKeyDown={onKeyDown}
          onPointerDown={drag.onPointerDown}
        >
          {rows}
        </ul>
        {drag.line !== null && <div className={styles['line']} style={{ insetBlockStart: drag.line }} />}
      </div>
      <p role="status" className="visually-hidden">
        {last?.words}
      </p>
    </RearrangingProvider>
  )
}

const entryOf = (list: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(list?.querySelectorAll<HTMLElement>('[data-account], [data-group]') ?? [])].find(
    ({ dataset }) => (dataset['account'] ?? dataset['group']) === id,
  )
