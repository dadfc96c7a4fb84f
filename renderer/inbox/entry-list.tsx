import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { dayText } from '../../common/i18n/time-text.ts'
import { useRowHeight } from '../app/use-appearance.ts'
import { useTypicalLines } from '../app/use-is-wide.ts'
import { usePageKeys } from '../app/use-page-keys.ts'
import pill from '../home/news-pill.module.css'
import { openRowMenu } from '../home/open-row-menu.ts'
import { useNow, useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import styles from './inbox.module.css'
import { keptPlace } from './kept-place.ts'
import type { InboxEntry } from './list-entries.ts'
import { NotificationRow } from './notification-row.tsx'
import { rowSteps } from './row-steps.ts'
import type { Selected } from './selected.ts'
import { useKeptPlace } from './use-kept-place.ts'

/** In pixels; must match `.heading` in the style sheet. */
const headingHeight = 28
/** The height of a line of a sentence in pixels; must match `.text` in `notification-row.module.css`. */
const lineHeight = 19

export interface EntryListHandle {
  /** Focuses the current row. */
  readonly focus: () => void
}

interface EntryListProps {
  /** Identifies the filter that chose the entries; unchanged while only the news changes. */
  readonly shown: string
  readonly entries: readonly InboxEntry[]
  /** How many more wait to be shown until `onRelease`. */
  readonly arrived: number
  /** The pointer has come over the list: nothing in it may move, until `onRelease`. */
  readonly onHold: () => void
  readonly onRelease: () => void
  /** The search words. */
  readonly search: string
  readonly names: ReadonlyMap<string, string>
  /** Whether a row moves or disappears when it is read. */
  readonly isOrderedByRead: boolean
  /** Pixels at the top of the scrolling area that something else covers. */
  readonly covered: () => number
  readonly send: Send
  readonly selected: Selected | null
  /** Null where there is no room for the reading pane. */
  readonly onSelect: ((selected: Selected | null) => void) | null
  readonly onOpen: (account: string, items: readonly NotificationItem[]) => void
  readonly onMark: (account: string, items: readonly NotificationItem[]) => void
  readonly isMarking: (account: string, items: readonly NotificationItem[]) => boolean
  readonly ref?: Ref<EntryListHandle>
}

/**
 * All the rows; only those in view, and the one with the keyboard focus, are in the document. It scrolls with the
 * page's `main`, and keeps what is being read in its place when something arrives above it. It is one function of more
 * than a hundred lines because visible range, keys and focus depend on each other.
 */
export const EntryList = ({
  shown,
  entries,
  arrived,
  onHold,
  onRelease,
  search,
  names,
  isOrderedByRead,
  covered,
  send,
  selected,
  onSelect,
  onOpen,
  onMark,
  isMarking,
  ref,
}: EntryListProps) => {
  const { t, minutes } = useServices()
  const now = useNow(minutes)
  const typicalHeight = useRowHeight() + (useTypicalLines() - 1) * lineHeight
  const list = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState(0)
  const [padding, setPadding] = useState(0)
  // The place is used once the entry is gone: the next one has moved up into it.
  const [kept] = useState(() => keptPlace(shown))
  const [active, setActive] = useState(kept?.chosen ?? { key: '', place: 0 })
  const known = entries.findIndex(({ key }) => key === active.key)
  const present = known >= 0 ? known : Math.min(active.place, entries.length - 1)
  const [chosen, setChosen] = useState(shown)
  if (chosen !== shown) {
    setChosen(shown)
    // A place means nothing among other entries.
    if (known < 0) setActive({ key: '', place: 0 })
  }
  const presentEntry = entries[present]
  // What is read beside the list stays, whatever comes above it and whichever filter is next.
  if (onSelect !== null && presentEntry !== undefined && presentEntry.key !== active.key)
    setActive({ key: presentEntry.key, place: present })
  const presentAccount = presentEntry?.account.id
  const presentId = presentEntry?.items[0].id
  useEffect(() => {
    if (presentAccount !== undefined && presentId !== undefined)
      onSelect?.({ account: presentAccount, notification: presentId })
  }, [presentAccount, presentId, onSelect])
  const holdsFocus = useRef(false)
  const wantsFocus = useRef(false)

  const scroller = () => list.current?.closest('main') ?? null
  const isScrolled = () => (scroller()?.scrollTop ?? 0) > margin
  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: entries.length,
    getScrollElement: scroller,
    // For rows that have not been in the document yet; each is as high as its words need.
    estimateSize: useCallback(
      (index: number) => typicalHeight + (entries[index]?.begins === null ? 0 : headingHeight),
      [entries, typicalHeight],
    ),
    measureElement: heightOf,
    getItemKey: useCallback((index: number) => entries[index]?.key ?? index, [entries]),
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range)
      return inSight.includes(present) ? inSight : [...inSight, present].toSorted((a, b) => a - b)
    },
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: padding,
    // A user who has scrolled keeps the same row in view; one who has not sees what is new.
    anchorTo: isScrolled() ? 'end' : 'start',
  })
  // What is in view stays where it is, whatever becomes higher above it, and whichever way the user scrolls.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ start }, _, { scrollOffset }) =>
    start < (scrollOffset ?? 0)

  // Another row may start the day, and words may change: rows are in their new places before they are painted.
  useLayoutEffect(() => {
    if (entries.length === 0) return
    for (const row of list.current?.querySelectorAll('li') ?? []) virtualizer.measureElement(row)
  }, [entries, virtualizer])

  useLayoutEffect(() => {
    const main = list.current?.closest('main')
    // Neither changes while scrolling, and measuring would force a layout in every frame.
    if (!list.current || !main || virtualizer.isScrolling) return
    setPadding(covered())
    setMargin(Math.round(list.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop))
  })

  useLayoutEffect(() => {
    const isLost = holdsFocus.current && document.activeElement === document.body
    if (!wantsFocus.current && !isLost) return
    const link = list.current?.querySelector<HTMLElement>(`[data-index="${present}"] a`)
    if (!link) return
    wantsFocus.current = false
    link.focus({ preventScroll: true })
  })

  const chosenPlace = useRef(kept?.chosen ?? null)
  const choose = (key: string, place: number) => {
    chosenPlace.current = { key, place }
    setActive({ key, place })
  }
  useKeptPlace({ shown, entries, chosen: chosenPlace, kept, virtualizer, padding })

  const lastShown = useRef(shown)
  useLayoutEffect(() => {
    if (lastShown.current === shown) return
    lastShown.current = shown
    if (holdsFocus.current) virtualizer.scrollToIndex(present)
  })

  const showArrived = () => {
    onRelease()
    scroller()?.scrollTo({ top: 0 })
  }

  const moveTo = (place: number) => {
    const index = Math.max(0, Math.min(place, entries.length - 1))
    const entry = entries[index]
    if (entry === undefined) return
    wantsFocus.current = true
    choose(entry.key, index)
    virtualizer.scrollToIndex(index)
  }
  useImperativeHandle(ref, () => ({ focus: () => moveTo(present) }))

  const mark = (account: string, items: readonly NotificationItem[]) => {
    onMark(account, items)
    if (!isOrderedByRead || !holdsFocus.current) return
    // The row is about to go; the focus stays in its place, on the row that follows.
    const after = entries[present + 1] ?? entries[present - 1]
    if (after !== undefined) setActive({ key: after.key, place: present })
    wantsFocus.current = true
  }

  // A stable function, so that scrolling does not render rows again.
  const latestMark = useRef(mark)
  useLayoutEffect(() => {
    latestMark.current = mark
  })
  const onRowMark = useCallback<typeof mark>((...which) => latestMark.current(...which), [])

  usePageKeys((key, target) => {
    const isInside = list.current?.contains(target) === true
    const step = rowSteps[key]
    if (step !== undefined && (isInside || key.length === 1)) moveTo(isInside ? present + step : present)
    else if (isInside && key === 'm') {
      const entry = entries[present]
      if (entry?.items.some(({ read }) => !read) === true) mark(entry.account.id, entry.items)
    } else return false
    return true
  })

  const onFocus = ({ target }: FocusEvent) => {
    holdsFocus.current = true
    const place = Number(target.closest('[data-index]')?.getAttribute('data-index'))
    const entry = entries[place]
    if (entry !== undefined && entry.key !== active.key) choose(entry.key, place)
  }
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && list.current?.contains(relatedTarget) !== true) holdsFocus.current = false
  }

  return (
    <>
      {arrived > 0 && (
        <button type="button" className={pill['pill']} style={{ insetBlockStart: padding + 8 }} onClick={showArrived}>
          {t('home.arrived', { count: arrived })}
        </button>
      )}
      <ul
        ref={list}
        aria-label={t('inbox.list')}
        className={styles['list']}
        style={{ height: virtualizer.getTotalSize() }}
        onFocus={onFocus}
        onBlur={onBlur}
        onContextMenu={openRowMenu}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && onHold()}
        onPointerLeave={onRelease}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index]
          if (entry === undefined) return null
          const { account, items, begins, isDayTold } = entry
          const [newest] = items
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              className={styles['entry']}
              data-index={index}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              {begins !== null && (
                <h2 className={styles['heading']}>
                  {begins === 'day' ? dayText(t, newest.createdAt, now) : t('inbox.unread')}
                </h2>
              )}
              <NotificationRow
                account={account.id}
                site={account.site}
                icon={account.icon}
                items={items}
                search={search}
                who={names.get(account.id) ?? account.site.title}
                isDayTold={isDayTold}
                isTabStop={index === present}
                isSelected={selected?.account === account.id && selected.notification === newest.id}
                selects={onSelect !== null}
                snoozedUntil={account.snoozed.find(({ notification }) => notification === newest.id)?.until ?? null}
                send={send}
                isMarking={isMarking(account.id, items)}
                onOpen={onOpen}
                onMark={onRowMark}
              />
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The height of a row in whole pixels; as estimated while nothing is laid out, as in a frame that is not shown. */
const heightOf = (row: HTMLLIElement, _: unknown, list: Virtualizer<HTMLElement, HTMLLIElement>): number =>
  row.offsetHeight || list.options.estimateSize(list.indexFromElement(row))
