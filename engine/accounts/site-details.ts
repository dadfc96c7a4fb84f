import type { AccountState } from '../../common/contract/snapshot.ts'
import type { Http } from '../discourse/http.ts'
import { inspectSite } from '../discourse/inspect-site.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'

/**
 * Keeps forums' titles and colours up to date: checks them once a day, and after the end of an outage. `images` checks
 * icons, daily as well.
 */
export interface SiteDetails {
  start(): void
}

export interface SiteDetailsOptions {
  readonly model: Pick<Model, 'account' | 'accounts' | 'changeAccount'> & { subscribe(listener: () => void): unknown }
  readonly http: Http
  readonly clock: Clock
  /** Nothing is asked while the machine sleeps. */
  readonly isAwake: () => boolean
  /** An outage of this site is over; what else is kept about it should be checked again. */
  readonly onTroubleOver: (base: string) => void
}

const day = 86_400_000
/**
 * Milliseconds after a start, when all accounts' counts have been requested, and between checks while the machine
 * sleeps.
 */
const wait = 10 * 60_000

/** Milliseconds between two checks after outages. */
const afterTrouble = 60 * 60_000

const inTrouble: ReadonlySet<AccountState['kind']> = new Set(['stale', 'maintenance'])

export const createSiteDetails = (options: SiteDetailsOptions): SiteDetails => {
  const { model, http, clock, isAwake, onTroubleOver } = options
  /** The accounts whose forums have had an outage since their last good answer. */
  const troubled = new Set<string>()

  const lookedAt = new Map<string, number>()

  /** A forum with frequent outages is not checked after each. */
  const isDue = (base: string): boolean =>
    clock.elapsed() - (lookedAt.get(base) ?? Number.NEGATIVE_INFINITY) > afterTrouble

  const look = async (base: string): Promise<void> => {
    for (const other of lookedAt.keys()) if (isDue(other)) lookedAt.delete(other)
    lookedAt.set(base, clock.elapsed())
    const inspected = await inspectSite(http, base, true)
    if (!inspected.ok) return
    const { title, color, host } = inspected.value.site
    // A forum that hides its title from visitors is called by its host, which is no change.
    const isTold = inspected.value.site.base === base && title !== host
    if (!isTold) return
    for (const { id, site } of model.accounts()) {
      if (site.base !== base || (site.title === title && site.color === color)) continue
      model.changeAccount(id, (account) => ({ ...account, site: { ...account.site, title, color } }))
    }
  }

  const inspectAll = async (): Promise<void> => {
    clock.after(isAwake() ? day : wait, () => void inspectAll())
    if (!isAwake()) return
    // One after the other: nobody waits for a title.
    const used = model.accounts().filter(({ refused, revoking }) => !refused && !revoking)
    for (const base of new Set(used.map(({ site }) => site.base))) await look(base)
  }

  const onChange = (): void => {
    for (const id of troubled) if (model.account(id) === undefined) troubled.delete(id)
    for (const { id, site, state } of model.accounts()) {
      if (inTrouble.has(state.kind)) troubled.add(id)
      else if (state.kind === 'fresh' && troubled.delete(id) && isDue(site.base)) {
        onTroubleOver(site.base)
        void look(site.base)
      }
    }
  }

  return {
    start: () => {
      model.subscribe(onChange)
      clock.after(wait, () => void inspectAll())
    },
  }
}
