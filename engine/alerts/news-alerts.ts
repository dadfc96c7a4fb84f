import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import type { Alert } from './alert.ts'
import { createAlertBursts } from './alert-bursts.ts'
import type { AlertParts } from './alert-parts.ts'
import { type AlertSetting, hiddenAlert, itemAlert, summaryAlert } from './alert-text.ts'
import { createNewsChooser } from './choose-news.ts'
import { createLateExcerpts } from './late-excerpts.ts'
import { withoutPending } from './ledger/alert-ledger.ts'
import { noteRows, type RowsUpdate } from './ledger/note-rows.ts'
import type { NewsState } from './pending-news.ts'
import { noteSnoozed } from './snoozes/snoozed-rows.ts'

/** Alerts about what is new among notification rows, one by one or summed up. */
export interface NewsAlerts {
  /** The forum has said something about rows. @returns what is new in it */
  onRows(account: string, update: RowsUpdate): readonly NotificationItem[]
  /** There is pending news without an excerpt to wait for. */
  onPending(account: Account): void
}

/**
 * How long news that a crash left unshown waits for its account's list, which says what was read meanwhile; in
 * milliseconds.
 */
const listTimeout = 10_000

export const createNewsAlerts = (parts: AlertParts): NewsAlerts => {
  const { model, clock, ledgers, settings, pending, show } = parts
  const choose = createNewsChooser({ ...parts, isStillNew: pending.isStillNew })
  const lateExcerpts = createLateExcerpts({
    clock,
    replace: (alert, excerpt) => {
      const item = model.account(alert.account)?.cache.items?.find(({ id }) => id === alert.notification?.id)
      const setting = settings.of(alert.account)
      if (setting === undefined || setting.isPrivate || item === undefined || item.read) return
      void show({ ...itemAlert(setting, { ...item, excerpt }), isSilent: true, chime: null, onlyReplaces: true })
    },
  })
  const { queueItem, queueSummary } = createNewsQueue(parts, lateExcerpts.onShown)

  const accountsOf = (site: string): readonly Account[] =>
    model.accounts().filter(({ site: { base } }) => base === site)

  /** Decides on all pending news of a site. @returns how many alerts that makes */
  const sendAlerts = (site: string, shown: number): number => {
    const chosen = accountsOf(site).map((account) => {
      const state = pending.of(account)
      const { cut } = state
      state.cut = null
      return { ...choose(account, pending.undecided(account), cut !== null), cut }
    })
    const total = chosen.reduce((sum, { items }) => sum + items.length, 0)
    const isMany = settings.isPrivate() || shown + total > model.preferences().alerts.mostAtOnce
    let alerts = 0
    for (const { account, items, isWhole, cut } of chosen) {
      if (items.length === 0) continue
      const isSummary = cut !== null || (isMany && items.length > 1)
      if (isSummary) queueSummary(account, items, cut === null || isWhole ? cut : 0)
      else for (const item of items) queueItem(account, item)
      alerts += isSummary ? 1 : items.length
    }
    return alerts
  }

  const bursts = createAlertBursts({ clock, sendAlerts })

  // What the last run did not get to.
  for (const { id } of model.accounts().filter((account) => pending.undecided(account).size > 0)) {
    clock.after(listTimeout, () => {
      const account = model.account(id)
      if (account !== undefined && pending.undecided(account).size > 0) bursts.onNews(account.site.base, false)
    })
  }

  return {
    onRows: (id, update) => {
      const account = model.account(id)
      if (account === undefined) return []
      const { ledger, news, isCut } = noteRows(ledgers.of(account), update)
      ledgers.set(id, noteSnoozed(ledger, update, news))
      noteCut(pending.of(account), account, update, news.length, isCut)
      lateExcerpts.onRows(id, update.items)
      const { base } = account.site
      const wereLeft = update.source === 'list' && pending.undecided(account).size > 0
      if (news.length > 0 || wereLeft) {
        const mayHaveExcerpt = update.source === 'channel' && !settings.isPrivate() && lateExcerpts.await(id, news)
        bursts.onNews(base, mayHaveExcerpt)
      }
      if (!accountsOf(base).some((each) => lateExcerpts.isAwaited(each.id))) bursts.onExcerpt(base)
      return news
    },
    onPending: ({ site }) => bursts.onNews(site.base, false),
  }
}

/** Tracks how much news there is at least where a list ends before the news does: forums count further. */
const noteCut = (state: NewsState, { cache }: Account, update: RowsUpdate, news: number, isCut: boolean): void => {
  if (update.source === 'channel') {
    state.newsSinceList += news
    if (isCut) state.cut ??= 0
    return
  }
  const unread = cache.counts && cache.counts.notifications + cache.counts.messages
  const risen = (unread ?? 0) - (state.unreadAtList ?? unread ?? 0) - state.newsSinceList
  if (isCut) state.cut = Math.max(state.cut ?? 0, risen)
  state.hasList = true
  state.unreadAtList = unread
  state.newsSinceList = 0
}

type Items = readonly NotificationItem[]

/** Queues alerts about pending news; each is made from what is still new when its turn comes. */
const createNewsQueue = (
  { model, ledgers, queue, settings, pending, hidden }: AlertParts,
  onItemShown: ReturnType<typeof createLateExcerpts>['onShown'],
) => {
  const queueNews = (
    id: string,
    items: Items,
    atLeast: number | null,
    make: (setting: AlertSetting, items: Items) => Alert,
  ): void => {
    const account = model.account(id)
    if (account === undefined) return
    const ids = new Set(items.map((item) => item.id))
    const { queued } = pending.of(account)
    for (const each of ids) queued.add(each)
    queue.add({
      account: id,
      alert: () => {
        for (const each of ids) queued.delete(each)
        const now = model.account(id)
        const setting = settings.of(id)
        if (now === undefined || setting === undefined) return undefined
        const left = ledgers.of(now).pending.filter((item) => ids.has(item.id) && pending.isStillNew(now, item))
        if (left.length === 0) return undefined
        if (!setting.isPrivate) return make(setting, left)
        const { count, isAtLeast } = hidden.add(now, left)
        return hiddenAlert(setting, Math.max(count, atLeast ?? 0), isAtLeast || atLeast !== null, left[0])
      },
      take: (ledger) => withoutPending(ledger, ids),
      onShown: (alert, outcome) => {
        if (alert.notification !== null) onItemShown(alert, outcome)
      },
    })
  }
  return {
    queueItem: (id: string, item: NotificationItem): void =>
      queueNews(id, [item], null, (setting, [latest = item]) => itemAlert(setting, latest)),
    /** @param atLeast where there is more news than `items`: how many there are by the forum's count */
    queueSummary: (id: string, items: Items, atLeast: number | null): void =>
      queueNews(id, items, atLeast, (setting, left) =>
        summaryAlert(setting, Math.max(left.length, atLeast ?? 0), atLeast !== null),
      ),
  }
}
