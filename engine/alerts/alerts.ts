import type { NotificationItem } from '../../common/contract/notification.ts'
import type { NotificationOutcome } from '../../common/contract/notification-outcome.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { forumName } from '../../common/glance/forum-name.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { accountPreferences } from '../../common/preferences/preferences.ts'
import type { Account } from '../account.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateFiles } from '../storage/state-files.ts'
import type { RowEvents } from '../sync/account-news.ts'
import { mostItems } from '../sync/merge-items.ts'
import type { Alert } from './alert.ts'
import { createAlertBursts } from './alert-bursts.ts'
import {
  noteChatMessage,
  noteFallenCounts,
  noteRows,
  type RowsUpdate,
  riseOf,
  withCounts,
  withoutDeferred,
  withoutPending,
} from './alert-ledger.ts'
import { createAlertLedgers } from './alert-ledgers.ts'
import { createAlertQueue } from './alert-queue.ts'
import { type AlertSetting, itemAlert, quietSummary, refusedAlert, riseAlert, summaryAlert } from './alert-text.ts'
import { createNewsChooser } from './choose-news.ts'
import { createLateWords } from './late-words.ts'
import type { QuietWatch } from './quiet-watch.ts'

/** Turns news into alerts: each thing once, only while it is new, as the user wants it, and no flood of them. */
export interface Alerts {
  readonly rowEvents: RowEvents
  /**
   * An account is connected, or again.
   * @param at the time by its forum's clock, in milliseconds since 1970: what was there by then is no news; null while unknown
   */
  onConnected(account: string, at: number | null): void
  /** An account has new counts. */
  onCounts(account: Pick<Account, 'id'>): void
  /** A forum has stopped accepting an account's key. */
  onRefused(account: string): void
  /** Sums up, once, what was deferred, where it is quiet no longer. */
  onQuietMayBeOver(): void
  /** The account is gone, and with it what was to be told of it. */
  onAccountGone(account: string): void
  /** Shows no more. What waits is written, and shown at the next start. */
  stop(): Promise<void>
}

export interface AlertsOptions {
  readonly model: Model
  readonly clock: Clock
  readonly files: StateFiles
  readonly t: Translate
  readonly quietOf: QuietWatch['of']
  /** Whether others may be looking at the screen: it is locked. */
  readonly isLocked: () => boolean
  /** Never rejects. */
  readonly show: (alert: Alert) => Promise<NotificationOutcome>
}

/** What a crash left unshown waits so long for its account's list, which tells what was read meanwhile. In milliseconds. */
const listPatience = 10_000
/** A rise of the count for chat waits so long for the message that caused it, which has words. In milliseconds. */
const chatPatience = 1500
/** So long after a chat message an answer with a lower count may be older than it, in milliseconds. */
const chatDoubt = 15_000

export const createAlerts = (options: AlertsOptions): Alerts => {
  const { model, clock, files, t, quietOf, isLocked, show } = options
  const ledgers = createAlertLedgers({ model, files, clock })
  const queue = createAlertQueue({ model, clock, ledgers, show })
  const memories = new Map<string, AccountMemory>()
  const { settingOf, isPrivate } = createAlertSettings(model, t, isLocked)

  const memoryOf = ({ id, cache }: Account): AccountMemory => {
    const existing = memories.get(id)
    if (existing !== undefined) return existing
    const unread = cache.counts && cache.counts.notifications + cache.counts.messages
    const made = { ...newMemory, queued: new Set<number>(), unreadAtList: unread }
    memories.set(id, made)
    return made
  }

  const isStillNew = (account: Account, item: NotificationItem): boolean => {
    if (item.id < 0) return true
    const rows = account.cache.items ?? []
    const row = rows.find(({ id }) => id === item.id)
    if (row !== undefined) return !row.read
    // Gone, unless the rows are those of an earlier run, or newer ones have pushed it out.
    const oldest = rows.at(-1)
    return !memoryOf(account).hasList || (rows.length >= mostItems && item.createdAt <= (oldest?.createdAt ?? 0))
  }

  const choose = createNewsChooser({ model, clock, ledgers, quietOf, isStillNew })

  /** Pending news that no alert in the queue is about. */
  const undecided = (account: Account): ReadonlySet<number> => {
    const { queued } = memoryOf(account)
    const ids = ledgers.of(account).pending.map(({ id }) => id)
    return new Set(ids.filter((id) => !queued.has(id)))
  }

  const accountsOf = (site: string): readonly Account[] =>
    model.accounts().filter(({ site: { base } }) => base === site)

  const tell = (site: string, shown: number): number => {
    const chosen = accountsOf(site).map((account) => {
      const memory = memoryOf(account)
      const { cut } = memory
      memory.cut = null
      return { ...choose(account, undecided(account), cut !== null), cut }
    })
    const total = chosen.reduce((sum, { items }) => sum + items.length, 0)
    const isMany = shown + total > model.preferences().alerts.mostAtOnce
    let alerts = 0
    for (const { account, items, isWhole, cut } of chosen) {
      const isSummary = cut !== null || (isMany && items.length > 1)
      if (items.length === 0) continue
      if (isSummary) queueSummary(account, items, cut === null ? null : isWhole ? cut : 0)
      else for (const item of items) queueItem(account, item)
      alerts += isSummary ? 1 : items.length
    }
    return alerts
  }

  /** Puts an alert about pending news into the queue. */
  const queueNews = (
    id: string,
    items: readonly NotificationItem[],
    alert: (account: AccountView, items: readonly NotificationItem[]) => Alert | undefined,
  ): void => {
    const account = model.account(id)
    if (account === undefined) return
    const ids = new Set(items.map((item) => item.id))
    const { queued } = memoryOf(account)
    for (const each of ids) queued.add(each)
    queue.add({
      account: id,
      alert: () => {
        for (const each of ids) queued.delete(each)
        const [now, view] = [model.account(id), viewOf(model, id)]
        if (now === undefined || view === undefined) return undefined
        const left = ledgers.of(now).pending.filter((item) => ids.has(item.id) && isStillNew(now, item))
        return left.length === 0 ? undefined : alert(view, left)
      },
      take: (ledger) => withoutPending(ledger, ids),
      onShown: (shown, outcome) => {
        if (shown.notification !== null) lateWords.onShown(shown, outcome)
      },
    })
  }

  const queueItem = (id: string, item: NotificationItem): void =>
    queueNews(id, [item], (account, [latest = item]) => itemAlert(settingOf(account), latest))

  /** @param atLeast where the list ended before the news did: how many there are at the least by the forum's count */
  const queueSummary = (id: string, items: readonly NotificationItem[], atLeast: number | null): void =>
    queueNews(id, items, (account, left) => {
      const count = Math.max(left.length, atLeast ?? 0)
      return summaryAlert(settingOf(account), count, atLeast !== null)
    })

  const lateWords = createLateWords({
    clock,
    replace: (alert, excerpt) => {
      const account = viewOf(model, alert.account)
      const item = account?.items?.find(({ id }) => id === alert.notification?.id)
      if (account === undefined || item === undefined || item.read || isPrivate()) return
      void show({
        ...itemAlert(settingOf(account), { ...item, excerpt }),
        isSilent: true,
        chime: null,
        onlyReplaces: true,
      })
    },
  })

  const bursts = createAlertBursts({ clock, tell })

  const onRows = (id: string, update: RowsUpdate): void => {
    const account = model.account(id)
    if (account === undefined) return
    const memory = memoryOf(account)
    const { ledger, news, isCut } = noteRows(ledgers.of(account), update)
    ledgers.set(id, ledger)
    if (news.some(({ kind }) => kind.startsWith('chat_'))) memory.chatAt = clock.now()
    if (update.source === 'list') {
      const { counts } = account.cache
      const unread = counts && counts.notifications + counts.messages
      memory.hasList = true
      const risen = (unread ?? 0) - (memory.unreadAtList ?? unread ?? 0) - memory.newsSinceList
      if (isCut) memory.cut = Math.max(memory.cut ?? 0, risen)
      memory.unreadAtList = unread
      memory.newsSinceList = 0
    } else {
      memory.newsSinceList += news.length
      if (isCut) memory.cut ??= 0
    }
    const { base } = account.site
    lateWords.onRows(id, update.items)
    const isWaiting = update.source === 'list' && undecided(account).size > 0
    if (news.length > 0 || isWaiting) {
      const needsWords = update.source === 'channel' && !isPrivate() && lateWords.await(id, news)
      bursts.onNews(base, needsWords)
    }
    if (!accountsOf(base).some((each) => lateWords.isAwaited(each.id))) bursts.onWords(base)
  }

  const onChatMessage = (id: string, message: BusAlert): void => {
    const account = model.account(id)
    if (account === undefined) return
    const memory = memoryOf(account)
    memory.chatAt = clock.now()
    memory.chatMessages += 1
    const chatId = -(clock.now() * 100 + (memory.chatMessages % 100))
    ledgers.set(
      id,
      noteChatMessage(ledgers.of(account), chatItem(message, chatId, clock.now()), message.isDirectMessage),
    )
    bursts.onNews(account.site.base, false)
  }

  const tellRise = (id: string): void =>
    queue.add({
      account: id,
      alert: () => {
        const [account, view] = [model.account(id), viewOf(model, id)]
        const counts = account?.cache.counts
        if (account === undefined || view === undefined || !counts) return undefined
        const rise = riseOf(ledgers.of(account), counts)
        return rise === null || isUnwanted(id) || quietOf(id).isQuiet ? undefined : riseAlert(settingOf(view), rise)
      },
      take: (ledger) => {
        const counts = model.account(id)?.cache.counts
        if (!counts || riseOf(ledger, counts) === null) return ledger
        return quietOf(id).isQuiet && !isUnwanted(id) ? { ...ledger, isRiseDeferred: true } : withCounts(ledger, counts)
      },
    })

  /** Whether the user wants no alerts for the account at all. */
  const isUnwanted = (id: string): boolean => {
    const preferences = model.preferences()
    return (accountPreferences(preferences, id).level ?? preferences.alerts.level) === 'nothing'
  }

  const onCounts = ({ id }: Pick<Account, 'id'>): void => {
    const account = model.account(id)
    const counts = account?.cache.counts
    if (account === undefined || !counts) return
    const memory = memoryOf(account)
    const ledger = noteFallenCounts(ledgers.of(account), counts, clock.now() - memory.chatAt > chatDoubt)
    ledgers.set(id, ledger)
    if (riseOf(ledger, counts) === null || memory.isRiseWaiting) return
    memory.isRiseWaiting = true
    clock.after(chatPatience, () => {
      memory.isRiseWaiting = false
      tellRise(id)
    })
  }

  const tellRefused = (id: string): void => {
    const refused = (): Alert | undefined => {
      const account = viewOf(model, id)
      return account && refusedAlert(settingOf(account))
    }
    queue.add({ account: id, alert: refused, take: (ledger) => ledger })
  }

  const sumUp = (id: string): void =>
    queue.add({
      account: id,
      alert: () => {
        const [account, view] = [model.account(id), viewOf(model, id)]
        if (account === undefined || view === undefined) return undefined
        const { deferred, hasMoreDeferred } = ledgers.of(account)
        const { counts } = account.cache
        const rise = counts === null ? null : riseOf(ledgers.of(account), counts)
        const count = deferred.filter((item) => isStillNew(account, item)).length + (rise?.total ?? 0)
        return count === 0 ? undefined : quietSummary(settingOf(view), count, hasMoreDeferred)
      },
      take: (ledger) => withoutDeferred(ledger, model.account(id)?.cache.counts ?? null),
    })

  /** Reads every ledger, and tells what the last run has not come to. */
  const takeUp = (): void => {
    for (const account of model.accounts()) {
      if (undecided(account).size === 0) continue
      clock.after(listPatience, () => {
        if (model.account(account.id) !== undefined && undecided(account).size > 0)
          bursts.onNews(account.site.base, false)
      })
    }
  }

  takeUp()
  return {
    rowEvents: { onRows, onChatMessage },
    onConnected: (id, at) => {
      const account = model.account(id)
      if (account !== undefined) ledgers.begin(account, at ?? account.approvedAt)
    },
    onCounts,
    onRefused: (id) => {
      const account = model.account(id)
      if (account === undefined) return
      if (quietOf(id).isQuiet) memoryOf(account).isRefusalDeferred = true
      else tellRefused(id)
    },
    onQuietMayBeOver: () => {
      for (const account of model.accounts()) {
        if (quietOf(account.id).isQuiet) continue
        const memory = memoryOf(account)
        if (memory.isRefusalDeferred) tellRefused(account.id)
        memory.isRefusalDeferred = false
        const { deferred, isRiseDeferred } = ledgers.of(account)
        if (deferred.length > 0 || isRiseDeferred) sumUp(account.id)
      }
    },
    onAccountGone: (id) => {
      memories.delete(id)
      ledgers.forget(id)
    },
    stop: async () => {
      await queue.stop()
      await ledgers.write()
    },
  }
}

/** What is known of an account in this run only. */
interface AccountMemory {
  /** Pending news that an alert in the queue is about. */
  readonly queued: Set<number>
  /** Whether the forum has given its list in this run. */
  hasList: boolean
  /** How many notifications the forum counted as unread when it gave the list last; null while unknown. */
  unreadAtList: number | null
  /** News since then that the list did not bring. */
  newsSinceList: number
  /** Where the last list ended before the news did: how many there are at the least, by the forum's count. */
  cut: number | null
  /** When something was last said in chat. Milliseconds since 1970. */
  chatAt: number
  chatMessages: number
  isRiseWaiting: boolean
  /** Whether the account has to be signed in again, which was not told because it was quiet; its row says it anyway. */
  isRefusalDeferred: boolean
}

const newMemory = {
  ...{ hasList: false, newsSinceList: 0, cut: null, chatAt: Number.NEGATIVE_INFINITY, chatMessages: 0 },
  ...{ isRiseWaiting: false, isRefusalDeferred: false },
}

const viewOf = (model: Model, id: string): AccountView | undefined =>
  model.snapshot().accounts.find((account) => account.id === id)

/** A chat message as if it had a notification row. @param id negative */
const chatItem = (message: BusAlert, id: number, createdAt: number): NotificationItem => {
  const { kind, actor, title, place, topic, excerpt, url, isDirectMessage } = message
  const item = { id, kind, read: false, highPriority: isDirectMessage, createdAt, actor, secondActor: null }
  return { ...item, count: null, title, place, topic, excerpt, url }
}

/** How the alerts of each account are worded and sound. */
const createAlertSettings = (model: Model, t: Translate, isLocked: () => boolean) => {
  const isPrivate = (): boolean => {
    const { alerts } = model.preferences()
    return alerts.hideContent || (alerts.hideContentWhileLocked && isLocked())
  }
  const settingOf = (account: AccountView): AlertSetting => {
    const { alerts } = model.preferences()
    const sound = accountPreferences(model.preferences(), account.id).sound ? alerts.sound : 'none'
    return {
      t,
      account,
      forum: forumName(t, account.site, model.accounts()),
      isOneOfSeveral: model.accounts().filter(({ site }) => site.base === account.site.base).length > 1,
      isPrivate: isPrivate(),
      isSilent: sound !== 'system',
      chime: sound === 'chime' || sound === 'drop' ? sound : null,
    }
  }
  return { settingOf, isPrivate }
}
