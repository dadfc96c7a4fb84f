import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView, Counts } from '../../common/contract/snapshot.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { accountPreferences } from '../../common/preferences/preferences.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateFiles } from '../storage/state-files.ts'
import type { Alert } from './alert.ts'
import { createAlertHistory } from './alert-history.ts'
import { type AlertSetting, itemAlert, quietSummary, refusedAlert, riseAlert, summaryAlert } from './alert-text.ts'
import { createDeferredAlerts } from './deferred-alerts.ts'
import { wantsAlert } from './level.ts'
import type { QuietWatch } from './quiet-watch.ts'

/** Turns news into alerts: each thing once, only while it is new, as the user wants it, and no flood of them. */
export interface Alerts {
  /** An account has new notifications. */
  news(account: string, items: readonly NotificationItem[]): void
  /** An account has new counts; `before` is the account as it stood. */
  counts(before: Account): void
  /** A forum has stopped accepting an account's key. */
  refused(account: string): void
  /** It may be quiet no longer: sums up, once, what was held back. */
  quietMayBeOver(): void
  /** The account is gone, and with it what was to be told of it. */
  drop(account: string): void
}

/** What alerts are made with. */
export interface AlertsOptions {
  readonly model: Model
  readonly clock: Clock
  readonly files: StateFiles
  readonly t: Translate
  readonly quietOf: QuietWatch['of']
  /** Whether others may be looking at the screen: it is locked. */
  readonly isLocked: () => boolean
  readonly show: (alert: Alert) => void
}

/** How long news waits for company, and for the words of the post, which come a moment later. In milliseconds. */
const gathering = 600

/** Notifications of one account that are to be told. */
interface Telling {
  readonly account: AccountView
  readonly items: readonly NotificationItem[]
}

export const createAlerts = (options: AlertsOptions): Alerts => {
  const { model, clock, files, t, quietOf, isLocked, show } = options
  const alertHistory = createAlertHistory(clock, files)
  const deferredAlerts = createDeferredAlerts(files)
  /** The ids of what waits, by account. */
  const waiting = new Map<string, Set<number>>()
  /** The counts before they changed, by account. */
  const countsBefore = new Map<string, Counts>()
  let isGathering = false
  /** Accounts that have to be signed in again, which was not told because it was quiet; their rows say it anyway. */
  const heldRefusals = new Set<string>()

  const viewOf = (id: string): AccountView | undefined => model.snapshot().accounts.find((account) => account.id === id)

  const settingOf = (account: AccountView): AlertSetting => {
    const { alerts } = model.preferences()
    const sound = accountPreferences(model.preferences(), account.id).sound ? alerts.sound : 'none'
    return {
      t,
      account,
      isOneOfSeveral: model.accounts().filter(({ site }) => site.base === account.site.base).length > 1,
      isPrivate: alerts.hideContent || (alerts.hideContentWhileLocked && isLocked()),
      isSilent: sound !== 'system',
      chime: sound === 'chime' || sound === 'drop' ? sound : null,
    }
  }

  /** What waits for an account and is still worth telling, the oldest first. */
  const worthTelling = ({ id, site, cache }: Account, ids: ReadonlySet<number>): NotificationItem[] => {
    const preferences = model.preferences()
    const own = accountPreferences(preferences, id)
    return (cache.items ?? [])
      .filter((item) => ids.has(item.id) && !item.read && wantsAlert(item, own, preferences.alerts.level))
      .filter((item) => alertHistory.note(site.base, id, item))
      .toSorted((a, b) => a.id - b.id)
  }

  /** Keeps back what has to wait for the end of quiet, and gives the rest. */
  const notHeldBack = (account: string, items: readonly NotificationItem[]): readonly NotificationItem[] => {
    if (!quietOf(account).isQuiet) return items
    const mayPass = model.preferences().quiet.exceptHighPriority
    const held = items.filter((item) => !(mayPass && item.highPriority))
    if (held.length > 0) deferredAlerts.add(account, { notifications: held.map(({ id }) => id), before: null })
    return items.filter((item) => !held.includes(item))
  }

  const tell = async (): Promise<void> => {
    isGathering = false
    const gathered = [...waiting]
    const changed = [...countsBefore]
    waiting.clear()
    countsBefore.clear()
    const bySite = new Map<string, Telling[]>()
    for (const [id, ids] of gathered) {
      const account = model.account(id)
      const view = viewOf(id)
      if (account === undefined || view === undefined) continue
      const items = notHeldBack(id, worthTelling(account, ids))
      const { base } = account.site
      if (items.length > 0) bySite.set(base, [...(bySite.get(base) ?? []), { account: view, items }])
      model.changeAccount(id, (now) => {
        const toldUpTo = Math.max(now.cache.toldUpTo ?? 0, now.cache.completeUpTo ?? 0)
        const toldAbove = [...now.cache.toldAbove, ...ids].filter((told) => told > toldUpTo)
        return { ...now, cache: { ...now.cache, toldUpTo, toldAbove } }
      })
    }
    // Written first: after a crash in between, something is rather told once too little than twice.
    await model.saveCaches()
    for (const site of bySite.values()) tellSite(site)
    for (const [id, before] of changed) tellRise(id, before, gathered.find(([account]) => account === id)?.[1])
  }

  /** Chat and the review queue; a mention in chat is a notification too, and then was told as one. */
  const tellRise = (id: string, before: Counts, ids: ReadonlySet<number> | undefined): void => {
    const account = viewOf(id)
    const preferences = model.preferences()
    const level = accountPreferences(preferences, id).level ?? preferences.alerts.level
    if (account === undefined || level === 'nothing') return
    const told = (account.items ?? []).filter((item) => ids?.has(item.id) && item.kind.startsWith('chat_')).length
    const risen = riseAlert(settingOf(account), { ...before, chat: before.chat + told })
    if (risen === undefined) return
    if (quietOf(id).isQuiet)
      deferredAlerts.add(id, { notifications: [], before: { ...before, chat: before.chat + told } })
    else show(risen)
  }

  const tellSite = (site: readonly Telling[]): void => {
    const count = site.reduce((sum, { items }) => sum + items.length, 0)
    const isMany = count > model.preferences().alerts.mostAtOnce
    for (const { account, items } of site) {
      const setting = settingOf(account)
      if (isMany) show(summaryAlert(setting, items.length))
      else for (const item of items) show(itemAlert(setting, item))
    }
  }

  const showRefused = (id: string): void => {
    heldRefusals.delete(id)
    const account = viewOf(id)
    const refused = account && refusedAlert(settingOf(account))
    if (refused) show(refused)
  }

  const sumUp = async (id: string): Promise<void> => {
    const known = new Map((model.account(id)?.cache.items ?? []).map((item) => [item.id, item]))
    const { notifications, before } = deferredAlerts.take(id)
    const now = model.account(id)?.cache.counts
    const risen =
      before && now ? Math.max(0, now.chat - before.chat) + Math.max(0, now.reviewables - before.reviewables) : 0
    const count = notifications.filter((item) => known.get(item)?.read !== true).length + risen
    await model.saveCaches()
    const account = viewOf(id)
    if (account !== undefined && count > 0) show(quietSummary(settingOf(account), count))
  }

  const gather = (): void => {
    if (isGathering) return
    isGathering = true
    clock.after(gathering, () => void tell())
  }

  return {
    news: (id, items) => {
      const ids = waiting.get(id) ?? new Set()
      for (const item of items) ids.add(item.id)
      waiting.set(id, ids)
      gather()
    },
    counts: ({ id, cache }) => {
      const now = model.account(id)?.cache.counts
      // The first answer after an account was added is silent.
      if (cache.counts === null || !now) return
      if (now.chat <= cache.counts.chat && now.reviewables <= cache.counts.reviewables) return
      if (!countsBefore.has(id)) countsBefore.set(id, cache.counts)
      gather()
    },
    refused: (id) => {
      if (quietOf(id).isQuiet) heldRefusals.add(id)
      else showRefused(id)
    },
    quietMayBeOver: () => {
      for (const id of heldRefusals) if (!quietOf(id).isQuiet) showRefused(id)
      for (const id of deferredAlerts.accounts()) if (!quietOf(id).isQuiet) void sumUp(id)
    },
    drop: (id) => {
      waiting.delete(id)
      countsBefore.delete(id)
      heldRefusals.delete(id)
      deferredAlerts.take(id)
    },
  }
}
