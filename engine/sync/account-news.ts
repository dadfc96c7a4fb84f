import type { NotificationItem } from '../../common/contract/notification.ts'
import { readBusAlert } from '../discourse/bus-alert.ts'
import { readBusNotification } from '../discourse/bus-notification.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import type { NotificationList } from '../discourse/notification-item.ts'
import { readQuietUntil } from '../discourse/quiet-message.ts'
import type { Model } from '../model.ts'
import { mergeBus, mergeExcerpt, mergeList } from './merge-items.ts'

/** Keeps an account's notification rows as the forum has them, from its lists and from its live channel. */
export interface AccountNews {
  onBusMessages(messages: readonly BusMessage[]): void
  /** The forum has confirmed that these are read; a list that is on its way may not know it. */
  onMarkedRead(notifications: readonly number[]): void
  onListRequested(): void
  /** The forum's answer; null when it gave none. */
  onList(list: NotificationList | null): void
  /** From now on `needsList` says yes until a list has come: the user asks, or the live channel may have lost something. */
  wantList(): void
  /**
   * Whether only the list can tell what rows there are: there has been none in this run, the live channel has left
   * something out, or the counts have changed and it was silent about that.
   */
  needsList(haveCountsChanged: boolean): boolean
}

/** Called with what forums say about single notifications. */
export interface RowEvents {
  /** These are new, the newest first; never those that were there when the account was added. */
  onNews(account: string, items: readonly NotificationItem[]): void
}

export interface AccountNewsOptions {
  readonly id: string
  readonly model: Pick<Model, 'account' | 'changeAccount'>
  readonly rowEvents: RowEvents
}

type Items = readonly NotificationItem[]

export const createAccountNews = ({ id, model, rowEvents }: AccountNewsOptions): AccountNews => {
  const initial = model.account(id)?.cache
  // What happened while the program was not running, no channel tells.
  let isListWanted = true
  let hasChannelTold = false
  /** Everything up to this notification has been passed on; what was not told before a crash is passed on again. */
  let passedUpTo = initial?.toldUpTo ?? null
  /** What has been passed on above it: the channel may tell a later one before an earlier. */
  let passed = new Set(initial?.toldAbove ?? [])
  /** While a list is on its way: what has changed since it was asked for, which it may not know. */
  let changed: Set<number> | undefined

  /** @param isComplete whether nothing above what was passed on can be missing among the items */
  const take = (items: Items, isComplete: boolean): void => {
    const before = passedUpTo
    const news = before === null ? [] : items.filter((item) => item.id > before && !passed.has(item.id))
    for (const item of news) passed.add(item.id)
    if (isComplete) {
      const upTo = Math.max(before ?? 0, ...items.map((item) => item.id))
      passedUpTo = upTo
      passed = new Set([...passed].filter((known) => known > upTo))
    }
    model.changeAccount(id, (account) => {
      const { cache } = account
      // What was there when the account was added is no news.
      const toldUpTo = before === null ? passedUpTo : cache.toldUpTo
      const isSame = items === cache.items && toldUpTo === cache.toldUpTo && passedUpTo === cache.completeUpTo
      return isSame ? account : { ...account, cache: { ...cache, items, toldUpTo, completeUpTo: passedUpTo } }
    })
    if (news.length > 0) rowEvents.onNews(id, news)
  }

  const setQuiet = (doNotDisturbUntil: number | null): void => {
    model.changeAccount(id, (now) => ({ ...now, cache: { ...now.cache, doNotDisturbUntil } }))
  }

  return {
    onBusMessages: (messages) => {
      const account = model.account(id)
      const known = account?.cache.items
      if (account === undefined || !known) return
      const { base } = account.site
      let items: Items = known
      let isComplete = false
      for (const { channel, data } of messages) {
        if (channel.startsWith('/do-not-disturb/')) setQuiet(readQuietUntil(data))
        if (channel.startsWith('/notification-alert/')) {
          const alert = readBusAlert(data, base, account.username)
          if (alert.ok) items = mergeExcerpt(items, alert.value)
        } else if (channel.startsWith('/notification/')) {
          hasChannelTold = true
          const told = readBusNotification(data, base, account.username)
          const merged = told && mergeBus(items, told, passedUpTo ?? 0)
          isComplete = merged?.isComplete === true
          if (!isComplete) isListWanted = true
          items = merged?.items ?? items
          for (const notification of merged?.about ?? []) changed?.add(notification)
        }
      }
      take(items, isComplete && !isListWanted)
    },
    onMarkedRead: (notifications) => {
      for (const notification of notifications) changed?.add(notification)
    },
    onListRequested: () => {
      isListWanted = false
      changed = new Set()
    },
    onList: (list) => {
      const changedMeanwhile = changed
      changed = undefined
      if (list === null) isListWanted = true
      const account = model.account(id)
      if (list === null || account === undefined) return
      take(mergeList(account.cache.items ?? [], list.items, changedMeanwhile), true)
    },
    wantList: () => {
      isListWanted = true
    },
    needsList: (haveCountsChanged) => {
      const wasTold = hasChannelTold
      hasChannelTold = false
      if (haveCountsChanged && !wasTold) isListWanted = true
      return isListWanted || model.account(id)?.cache.items === null
    },
  }
}
