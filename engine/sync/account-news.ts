import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Counts } from '../../common/contract/snapshot.ts'
import type { RowsUpdate } from '../alerts/ledger/note-rows.ts'
import { type BusAlert, readBusAlert } from '../discourse/bus-alert.ts'
import { readBusNotification } from '../discourse/bus-notification.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import { readQuietUntil } from '../discourse/quiet-message.ts'
import type { Model } from '../model.ts'
import {
  mergeBus,
  mergeList,
  mostItems,
  mostOlder,
  rowOfAlert,
  withChanges,
  withoutListed,
  withRow,
} from './merge-items.ts'

/** Keeps an account's notification rows in sync with the forum, from its lists and its live channel. */
export interface AccountNews {
  onBusMessages(messages: readonly BusMessage[]): void
  /** The forum has confirmed that these are read; a list that is being fetched may not include that yet. */
  onMarkedRead(notifications: readonly number[]): void
  onListRequested(): void
  /** The forum's list; null when it could not be read. */
  onList(list: NotificationList | null): void
  /** `needsList` returns true until a list arrives: the user asked, or the live channel may have lost something. */
  wantList(): void
  /**
   * Whether the list has to be fetched: it has not been yet in this run, the live channel has left something out, or
   * the forum's unread counts do not match the known rows.
   * @param latest the forum's latest counts
   */
  needsList(latest: Counts): boolean
  /**
   * Whether neither the counts nor the live channel can be relied on to show new rows: forums stop counting at 99, and
   * the channel, which may be silent (protocol.md 14.3), has reported nothing since the last list.
   */
  isBlind(): boolean
}

/** Called with what forums say about single notification rows; the receiver decides which of them are news. */
export interface RowEvents {
  onRows(account: string, update: RowsUpdate): void
  onChatMessage(account: string, message: BusAlert): void
  /** Whether the live channel has brought what was waiting for it, and brings at once what happens next. */
  onListening(account: string, isListening: boolean): void
}

export interface AccountNewsOptions {
  readonly id: string
  readonly model: Pick<Model, 'account' | 'changeAccount'>
  readonly rowEvents: Omit<RowEvents, 'onListening'>
}

type Items = readonly NotificationItem[]

/** Known rows that a full list no longer has room for. */
const rowsBelow = (items: Items, before: Items): Items => {
  const ids = new Set(items.map((item) => item.id))
  const oldest = items.at(-1)?.createdAt ?? 0
  return items.length < mostItems ? [] : before.filter((item) => !ids.has(item.id) && item.createdAt <= oldest)
}

/** At most as many rows as any forum sends at once (protocol.md 5.3), and each id once. */
const longestList = 60
const distinct = (items: Items): Items => [
  ...new Map(items.slice(0, longestList).map((item) => [item.id, item])).values(),
]

/** For how many posts an excerpt is kept that arrived before its row. */
const mostEarlyAlerts = 10
/** How many read flags are kept before the list is fetched and those of rows that are no longer kept are dropped. */
const mostFlags = 4 * mostItems
/** Forums stop counting at 99 (protocol.md 5.1). */
const isCapped = ({ notifications, messages }: Counts): boolean => notifications + messages >= 99

/**
 * One closure over a hundred lines: list, bus and marking as read share the state of the rows, and nothing else may.
 */
export const createAccountNews = ({ id, model, rowEvents }: AccountNewsOptions): AccountNews => {
  // The channel does not report what happened while the program was not running.
  let isListWanted = true
  let hasChannelTold = false
  let hasToldSinceList = false
  /** Each row's read flag as the forum last reported it; the rows themselves may include optimistic updates. */
  let isReadAt = new Map((model.account(id)?.cache.items ?? []).map((item) => [item.id, item.read]))
  /** Rows that the channel names and the list does not. */
  let unlisted: ReadonlySet<number> = new Set()
  let namedLast: readonly number[] = []
  let seenId: number | null = null
  /** While a list is being fetched: changes that may be newer than the list. */
  let changes: Map<number, NotificationItem | null> | undefined
  let earlyAlerts: readonly BusAlert[] = []
  /** By how many the unread rows exceeded the forum's count when the list was last read; null if not comparable. */
  let surplus: number | null = null
  /** Rows marked as read here that the channel has not reported yet. */
  const confirmedReads = new Set<number>()
  /** The forum's latest counts. */
  let counts: Counts | null = model.account(id)?.cache.counts ?? null

  /** Totals came with 3.3, unread rows first in the list a little earlier (protocol.md 5.2, 5.3). */
  const hasTotals = (): boolean => model.account(id)?.cache.totalsMissingSince === null

  const setItems = (items: Items): void =>
    model.changeAccount(id, (account) => {
      if (items === account.cache.items) return account
      const changed = { ...account, cache: { ...account.cache, items } }
      const pushedOut = account.older === undefined ? [] : rowsBelow(items, account.cache.items ?? [])
      if (account.older === undefined || pushedOut.length === 0) return changed
      return {
        ...changed,
        older: { ...account.older, items: [...pushedOut, ...account.older.items].slice(0, mostOlder) },
      }
    })

  const setQuiet = (doNotDisturbUntil: number | null): void =>
    model.changeAccount(id, (now) => ({ ...now, cache: { ...now.cache, doNotDisturbUntil } }))

  const onNotificationMessage = (items: Items, data: unknown, base: string, username: string): void => {
    hasChannelTold = true
    hasToldSinceList = true
    const message = readBusNotification(data, base, username)
    if (message === undefined) {
      isListWanted = true
      return
    }
    const merged = mergeBus(items, message, { isReadAt, unlisted })
    const wasSeen = seenId !== null && message.seenId !== null && message.seenId !== seenId
    seenId = message.seenId ?? seenId
    namedLast = message.recent?.map(([named]) => named) ?? namedLast
    const isOurDoing = message.recent?.filter(([named, isRead]) => isRead && confirmedReads.delete(named)) ?? []
    // A bus message that changes nothing is about a row it does not name, or whose content it does not include. That rows
    // are gone explains none: those of a deleted topic disappear without one (protocol.md 14.1).
    const isExplained = [...merged.changes.values()].some((row) => row !== null) || wasSeen || isOurDoing.length > 0
    if (merged.isListNeeded || !isExplained) isListWanted = true
    for (const [row, change] of merged.changes) {
      changes?.set(row, change)
      if (change === null) isReadAt.delete(row)
      else isReadAt.set(row, change.read)
    }
    if (isReadAt.size > mostFlags) forgetFlags(merged.items)
    const rows = [...merged.changes.values()].filter((item): item is NotificationItem => item !== null)
    setItems(withEarlyWords(merged.items))
    // For these it has only the read flag; rows that became unread again come with the list.
    const flagged = rows.filter((item) => item.id !== message.last?.id)
    rowEvents.onRows(id, {
      source: 'channel',
      items: withEarlyWords(rows.filter((item) => item.id === message.last?.id)),
      read: flagged.filter((item) => item.read).map((item) => item.id),
    })
  }

  /** Where the channel tells everything no list is read for weeks. What is forgotten may still be counted as unread. */
  const forgetFlags = (kept: Items): void => {
    isReadAt = new Map(kept.map(({ id: row, read }) => [row, isReadAt.get(row) ?? read]))
    confirmedReads.clear()
    isListWanted = true
  }

  /** Adds excerpts that arrived before their rows. */
  const withEarlyWords = (items: Items): Items =>
    earlyAlerts.reduce((rows, alert) => {
      const row = rowOfAlert(rows, alert)
      return row === undefined ? rows : withRow(rows, { ...row, excerpt: alert.excerpt })
    }, items)

  const onAlertMessage = (items: Items, alert: BusAlert): void => {
    if (alert.excerpt === null) return
    const row = rowOfAlert(items, alert)
    if (row === undefined) {
      earlyAlerts = [...earlyAlerts, alert].slice(-mostEarlyAlerts)
      return
    }
    const worded = { ...row, excerpt: alert.excerpt }
    if (changes?.has(row.id) === true) changes.set(row.id, worded)
    setItems(withRow(items, worded))
    rowEvents.onRows(id, { source: 'channel', items: [worded], read: [] })
  }

  /** Totals count what is unread and was not seen in a menu; older forums also the rest of high priority. */
  const isCounted = (row: number): boolean => !hasTotals() || row > (seenId ?? 0)

  const surplusOf = ({ notifications, messages }: Counts): number =>
    [...isReadAt].filter(([row, isRead]) => !isRead && isCounted(row)).length - notifications - messages

  return {
    onBusMessages: (messages) => {
      const account = model.account(id)
      if (account === undefined) return
      const { site, username } = account
      for (const { channel, data } of messages) {
        const items = model.account(id)?.cache.items ?? []
        if (channel.startsWith('/do-not-disturb/')) setQuiet(readQuietUntil(data))
        else if (channel.startsWith('/notification/')) onNotificationMessage(items, data, site.base, username)
        else if (channel.includes('/notification-alert/')) {
          const alert = readBusAlert(data, site.base, username)
          if (!alert.ok) continue
          // A mention in chat also has a row, which gets the alert; a plain chat message has none (protocol.md 14.4).
          if (alert.value.kind === 'chat_message') rowEvents.onChatMessage(id, alert.value)
          else onAlertMessage(items, alert.value)
        }
      }
    },
    onMarkedRead: (notifications) => {
      const rows = new Map((model.account(id)?.cache.items ?? []).map((item) => [item.id, item]))
      for (const notification of notifications) {
        const row = rows.get(notification)
        if (row === undefined) continue
        changes?.set(notification, { ...row, read: true })
        isReadAt.set(notification, true)
        confirmedReads.add(notification)
      }
      rowEvents.onRows(id, { source: 'channel', items: [], read: notifications })
    },
    onListRequested: () => {
      isListWanted = false
      changes = new Map()
    },
    onList: (list) => {
      const meanwhile = changes ?? new Map()
      changes = undefined
      const account = model.account(id)
      if (list === null) isListWanted = true
      if (list === null || account === undefined) return
      const rows = distinct(list.items)
      const listed = new Set(rows.map((item) => item.id))
      const items = mergeList(account.cache.items ?? [], rows, meanwhile)
      isReadAt = new Map([...withChanges(rows, meanwhile), ...items].map((item) => [item.id, item.read]))
      unlisted = new Set(namedLast.filter((named) => !listed.has(named) && !meanwhile.has(named)))
      seenId = list.seenNotificationId ?? seenId
      const isFull = list.items.length + list.skipped >= mostItems
      const isUnreadFirst = hasTotals()
      setItems(withEarlyWords(items))
      model.changeAccount(id, (now) =>
        now.older === undefined ? now : { ...now, older: withoutListed(now.older, rows, isUnreadFirst) },
      )
      rowEvents.onRows(id, {
        source: 'list',
        items: withEarlyWords(withChanges(rows, meanwhile)),
        isFull,
        isUnreadFirst,
      })
      confirmedReads.clear()
      hasToldSinceList = false
      // Unread rows that a full list has no room for are a constant difference.
      const isComparable = counts !== null && (!isFull || isUnreadFirst) && !isCapped(counts)
      surplus = counts !== null && isComparable ? surplusOf(counts) : null
    },
    wantList: () => {
      isListWanted = true
    },
    needsList: (latest) => {
      const wasTold = hasChannelTold
      const before = counts
      hasChannelTold = false
      counts = latest
      if (surplus === null) {
        const haveChanged = before?.notifications !== latest.notifications || before.messages !== latest.messages
        const areCountedAgain = before !== null && isCapped(before) && !isCapped(latest)
        if ((haveChanged && !wasTold) || areCountedAgain) isListWanted = true
      } else if (surplusOf(latest) !== surplus) isListWanted = true
      return isListWanted || model.account(id)?.cache.items === null
    },
    isBlind: () => counts !== null && isCapped(counts) && !hasToldSinceList,
  }
}
