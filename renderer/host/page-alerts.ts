import * as v from 'valibot'
import { pagePaths } from '../../common/contract/bridge.ts'
import { alertsWantedSchema, type PageAlert, pageAlertSchema } from '../../common/contract/page-alert.ts'
import { readEventStream } from './event-stream.ts'
import type { AlertsOffer, AlertsOfferState } from './host.ts'

/** The browser's notifications; tests pass their own. */
export interface BrowserNotifications {
  /** null where the browser has none. */
  readonly permission: () => NotificationPermission | null
  readonly ask: () => Promise<NotificationPermission>
  readonly show: (alert: PageAlert) => void
  /** Does it once no other tab of this page does; a browser holds few connections to one server for all tabs together. */
  readonly alone: (work: () => Promise<void>, signal: AbortSignal) => Promise<void>
}

/** What showing alerts needs of the page around it. */
export interface PageAlertsOptions {
  readonly fetch: typeof globalThis.fetch
  readonly notifications: BrowserNotifications
}

export interface PageAlerts {
  readonly offer: AlertsOffer
  /**
   * Asks the shell whether it wants alerts shown here, and offers that to a user who has not decided. Never rejects.
   * @returns shows them, where the user allows it, until the signal ends it; never rejects either
   */
  readonly ask: (session: string, signal: AbortSignal) => Promise<() => Promise<void>>
}

/** Who has not decided can be asked again. */
const afterAnswer = { default: 'offered', denied: 'denied', granted: 'none' } as const

const nothing = async (): Promise<void> => undefined

/** Shows alerts as the browser's notifications while the page is open, where the computer's own session shows none. */
export const createPageAlerts = ({ fetch, notifications }: PageAlertsOptions): PageAlerts => {
  const listeners = new Set<() => void>()
  let state: AlertsOfferState = 'none'
  let listen = nothing

  const setState = (next: AlertsOfferState) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }

  return {
    offer: {
      getState: () => state,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      accept: async () => {
        const permission = await notifications.ask()
        setState(afterAnswer[permission])
        if (permission === 'granted') void listen()
      },
    },
    ask: async (session, signal) => {
      const get = (path: string) => {
        const headers = { authorization: `Bearer ${session}` }
        return fetch(path, { headers, cache: 'no-store', signal })
      }
      const listenAlone = async () => {
        const { ok, body } = await get(pagePaths.alerts)
        if (!ok || body === null) return
        for await (const data of readEventStream(body, signal, () => undefined)) {
          notifications.show(v.parse(pageAlertSchema, JSON.parse(data)))
        }
      }
      // When this connection breaks that for updates does as well, and with that one it is made anew.
      listen = () => notifications.alone(listenAlone, signal).catch(() => undefined)
      try {
        const { wanted } = v.parse(alertsWantedSchema, await (await get(pagePaths.alertsWanted)).json())
        // Last, and where it matters only: the browser makes the page wait for it (measured: 6 ms in Chromium).
        const permission = wanted ? notifications.permission() : null
        if (permission !== 'denied') setState(permission === 'default' ? 'offered' : 'none')
        return permission === 'granted' ? listen : nothing
      } catch {
        setState('none')
        return nothing
      }
    },
  }
}
