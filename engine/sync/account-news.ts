import type { NotificationItem } from '../../common/notification.ts'
import { readAlertMessage } from '../discourse/alert-message.ts'
import { readBusNotification } from '../discourse/bus-notification.ts'
import type { BusMessage } from '../discourse/message-bus.ts'
import { readQuietUntil } from '../discourse/quiet-message.ts'
import type { Account, Model } from '../model.ts'
import { mergeBus, mergeExcerpt, mergeList } from './merge-items.ts'

/** What an account has been notified of, from its forum's lists and from its live channel. */
export interface AccountNews {
  /** The live channel has told something. */
  told(messages: readonly BusMessage[]): void
  /** The forum has given the list. */
  listed(items: readonly NotificationItem[]): void
  /**
   * Whether only the list can tell what the account has been notified of: there has been none, the live channel has left
   * something out, or the counts have changed and it was silent about that.
   */
  needsList(haveCountsChanged: boolean): boolean
}

/** What it is made with. */
export interface AccountNewsOptions {
  readonly id: string
  readonly model: Model
  /** These are new, the newest first; never those that were there when the account was added. */
  readonly onNews: (account: string, items: readonly NotificationItem[]) => void
}

type Items = readonly NotificationItem[]

export const createAccountNews = ({ id, model, onNews }: AccountNewsOptions): AccountNews => {
  let isListWanted = false
  let hasChannelTold = false
  /** Everything up to this notification has been passed on; what was not told before a crash is passed on again. */
  let passedUpTo = model.account(id)?.memory.toldUpTo ?? null

  const take = ({ memory }: Account, items: Items): void => {
    const before = passedUpTo
    passedUpTo = Math.max(before ?? 0, ...items.map((item) => item.id))
    // What was there when the account was added is no news.
    const toldUpTo = before === null ? passedUpTo : memory.toldUpTo
    if (items !== memory.items || toldUpTo !== memory.toldUpTo) {
      model.changeAccount(id, (now) => ({ ...now, memory: { ...now.memory, items, toldUpTo } }))
    }
    const news = before === null ? [] : items.filter((item) => item.id > before)
    if (news.length > 0) onNews(id, news)
  }

  const setQuiet = (doNotDisturbUntil: number | null): void => {
    model.changeAccount(id, (now) => ({ ...now, memory: { ...now.memory, doNotDisturbUntil } }))
  }

  const tell = (items: Items, { site, username }: Account, { channel, data }: BusMessage): Items => {
    if (channel.startsWith('/notification-alert/')) {
      const alert = readAlertMessage(data, site.base, username)
      return alert.ok ? mergeExcerpt(items, alert.value) : items
    }
    if (channel.startsWith('/do-not-disturb/')) setQuiet(readQuietUntil(data))
    if (!channel.startsWith('/notification/')) return items
    const told = readBusNotification(data, site.base, username)
    const merged = told && mergeBus(items, told)
    if (merged?.isComplete !== true) isListWanted = true
    hasChannelTold = true
    return merged?.items ?? items
  }

  return {
    told: (messages) => {
      const account = model.account(id)
      const known = account?.memory.items
      if (account === undefined || !known) return
      take(
        account,
        messages.reduce((items, message) => tell(items, account, message), known),
      )
    },
    listed: (items) => {
      isListWanted = false
      const account = model.account(id)
      if (account !== undefined) take(account, mergeList(account.memory.items ?? [], items))
    },
    needsList: (haveCountsChanged) => {
      const wasTold = hasChannelTold
      hasChannelTold = false
      if (haveCountsChanged && !wasTold) isListWanted = true
      return isListWanted || model.account(id)?.memory.items === null
    },
  }
}
