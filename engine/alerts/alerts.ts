import type { Translate } from '../../common/i18n.ts'
import type { NotificationItem } from '../../common/notification.ts'
import type { AccountView } from '../../common/snapshot.ts'
import type { Clock } from '../clock.ts'
import type { Account, Model } from '../model.ts'
import type { StateFiles } from '../storage/state-files.ts'
import type { Alert } from './alert.ts'
import { refusedAlert } from './refused-alert.ts'
import { riseAlert } from './rise-alert.ts'
import { createToldBefore } from './told-before.ts'
import { type AlertSetting, itemAlert, summaryAlert } from './word-alert.ts'

/** Turns news into alerts: each thing once, only while it is new, and no flood of them. */
export interface Alerts {
  /** An account has new notifications. */
  news(account: string, items: readonly NotificationItem[]): void
  /** An account has new counts; `before` is the account as it stood. */
  counts(before: Account): void
  /** A forum has stopped accepting an account's key. */
  refused(account: string): void
  /** The account is gone, and with it what was to be told of it. */
  drop(account: string): void
}

/** What alerts are made with. */
export interface AlertsOptions {
  readonly model: Model
  readonly clock: Clock
  readonly files: StateFiles
  readonly t: Translate
  readonly show: (alert: Alert) => void
}

/** How long news waits for company, and for the words of the post, which come a moment later. In milliseconds. */
const gathering = 600
/** More than so many at once for one site are summed up. */
const mostAtOnce = 3

export const createAlerts = ({ model, clock, files, t, show }: AlertsOptions): Alerts => {
  const toldBefore = createToldBefore(clock, files)
  /** The ids of what waits, by account. */
  const waiting = new Map<string, Set<number>>()
  let isGathering = false

  const settingOf = (account: AccountView): AlertSetting => ({
    t,
    account,
    isOneOfSeveral: model.accounts().filter(({ site }) => site.base === account.site.base).length > 1,
    isPrivate: false,
  })

  const viewOf = (id: string): AccountView | undefined => model.snapshot().accounts.find((account) => account.id === id)

  /** What waits for an account and is still worth telling, the oldest first. */
  const worthTelling = (account: Account, ids: ReadonlySet<number>): NotificationItem[] =>
    (account.memory.items ?? [])
      .filter((item) => ids.has(item.id) && !item.read && toldBefore.note(account.site.base, account.id, item))
      .toSorted((a, b) => a.id - b.id)

  const tell = async (): Promise<void> => {
    isGathering = false
    const told = [...waiting]
    waiting.clear()
    const bySite = new Map<string, [account: string, items: NotificationItem[]][]>()
    for (const [id, ids] of told) {
      const account = model.account(id)
      if (account === undefined) continue
      const items = worthTelling(account, ids)
      if (items.length > 0) bySite.set(account.site.base, [...(bySite.get(account.site.base) ?? []), [id, items]])
      model.changeAccount(id, (now) => ({
        ...now,
        memory: { ...now.memory, toldUpTo: Math.max(now.memory.toldUpTo ?? 0, ...ids) },
      }))
    }
    // Written first: after a crash in between, something is rather told once too little than twice.
    await model.saveMemories()
    for (const site of bySite.values()) tellSite(site)
  }

  const tellSite = (site: readonly [account: string, items: NotificationItem[]][]): void => {
    const isMany = site.reduce((sum, [, items]) => sum + items.length, 0) > mostAtOnce
    for (const [id, items] of site) {
      const account = viewOf(id)
      if (account === undefined) continue
      const setting = settingOf(account)
      if (isMany) show(summaryAlert(setting, items.length))
      else for (const item of items) show(itemAlert(setting, item))
    }
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
    counts: (before) => {
      const account = viewOf(before.id)
      const risen = account && riseAlert(t, before.memory.counts, account)
      if (risen) show(risen)
    },
    refused: (id) => {
      const account = viewOf(id)
      const refused = account && refusedAlert(t, account)
      if (refused) show(refused)
    },
    drop: (id) => void waiting.delete(id),
  }
}
