import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { totalNew, uncountedNews } from '../../common/glance/badge.ts'
import { addressOf } from '../app/view.ts'
import { openRowMenu } from '../home/open-row-menu.ts'
import { useRovingFocus } from '../home/use-roving-focus.ts'
import { wholeInbox } from '../inbox/inbox-filter.ts'
import { useServices } from '../services/services.ts'
import { useAccountNames } from '../services/use-account-names.ts'
import type { Send } from '../services/use-send.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import styles from './account-list.module.css'
import { AccountRow } from './account-row.tsx'
import { GroupHeading } from './group-heading.tsx'
import { useDrag } from './use-drag.ts'
import { useFirstRows } from './use-first-rows.ts'
import { RearrangingProvider, useRearranging } from './use-rearranging.ts'
import { useUnreadFirst } from './use-unread-first.ts'

interface AccountListProps {
  readonly snapshot: Snapshot
  readonly send: Send
  /** Id of the account whose notifications alone stand beside it, null for all of them; undefined beside another view. */
  readonly shown: string | null | undefined
  /** Shows the notifications of an account alone, or all. */
  readonly onShow: (account: string | null) => void
}

/**
 * The accounts in the user's order and groups, or those with news first where the user has not arranged them. Headings
 * stand among the rows of one list, so that a row that goes to another group remains the same element and keeps the
 * focus.
 */
export const AccountList = ({ snapshot, shown, send, onShow }: AccountListProps) => {
  const { t } = useServices()
  const list = useRef<HTMLUListElement>(null)
  useRovingFocus(list)
  const { accounts, handlers } = useUnreadFirst(snapshot)
  const rearranging = useRearranging({ ...snapshot, accounts })
  const { sections, last, step, moveGroup, failure } = rearranging
  const drag = useDrag(list, rearranging.move)
  const names = useAccountNames(snapshot.accounts)
  useForumKeys(
    sections.flatMap(({ group, accounts }) => (group?.isFolded === true ? [] : accounts)),
    onShow,
  )

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
          name={names.get(account.id) ?? account.site.title}
          isMuted={snapshot.preferences.accounts[account.id]?.level === 'nothing'}
          uncounted={uncountedNews(snapshot, account)}
          isShown={account.id === shown}
          isDragged={drag.id === account.id}
          send={send}
          onShow={onShow}
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
      <AllForums snapshot={snapshot} isShown={shown === null} onShow={() => onShow(null)} />
      <div className={styles['place']}>
        <ul
          ref={list}
          aria-label={t('overview.accounts')}
          className={drag.id === null ? '' : styles['dragging']}
          {...handlers}
          onKeyDown={onKeyDown}
          onPointerDown={drag.onPointerDown}
          onContextMenu={openRowMenu}
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

interface AllForumsProps {
  readonly snapshot: Snapshot
  readonly isShown: boolean
  readonly onShow: () => void
}

/** Leads to the notifications of all forums. */
const AllForums = ({ snapshot, isShown, onShow }: AllForumsProps) => {
  const { t } = useServices()
  const count = totalNew(snapshot)
  return (
    <a
      className={`${styles['all']} ${isShown ? styles['shown'] : ''}`}
      href={addressOf({ kind: 'inbox', filter: wholeInbox })}
      aria-current={isShown ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onShow()
      }}
    >
      {t('inbox.allAccounts')}
      {count > 0 && <span className={styles['count']}>{t.number(count)}</span>}
    </a>
  )
}

/** Ctrl or Command with 1 to 9 shows the forum that stands there, in browsers that leave these keys to pages. */
const useForumKeys = (accounts: readonly AccountView[], onShow: AccountListProps['onShow']): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent['nativeEvent']) => {
    // On keyboards that give digits with Shift only, such as the French ones, the place of the key counts.
    const digit = /^[1-9]$/.test(event.key) ? event.key : /^Digit([1-9])$/.exec(event.code)?.[1]
    const account = digit === undefined ? undefined : accounts[Number(digit) - 1]
    if (account === undefined || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.target instanceof Element && event.target.closest('dialog') !== null) return
    event.preventDefault()
    onShow(account.id)
  })
  // Before it is painted, as in `usePageKeys`.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent['nativeEvent']) => onKeyDown(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

const entryOf = (list: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(list?.querySelectorAll<HTMLElement>('[data-account], [data-group]') ?? [])].find(
    ({ dataset }) => (dataset['account'] ?? dataset['group']) === id,
  )
