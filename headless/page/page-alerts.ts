import type { PageAlert } from '../../common/contract/page-alert.ts'
import type { NotificationPort } from '../../engine/ports/notification-port.ts'

/** The pages that may show alerts, for systems without desktop notifications. */
export interface PageAlerts {
  /** Shows an alert on the page that connected last; `unsupported` while there is none. */
  readonly show: NotificationPort
  /** Registers a page that may show alerts; returns a function to call when it disconnects. */
  join(tell: (alert: PageAlert) => void): () => void
}

export const createPageAlerts = (): PageAlerts => {
  const pages = new Set<(alert: PageAlert) => void>()
  return {
    show: async ({ tag, title, body, silent, target = null }) => {
      // Only one of them, or every tab would show each alert.
      const tell = [...pages].at(-1)
      if (tell === undefined) return { kind: 'unsupported' }
      tell({ tag, title, body, silent, target })
      return { kind: 'shown' }
    },
    join: (given) => {
      const tell = (alert: PageAlert): void => given(alert)
      pages.add(tell)
      return () => pages.delete(tell)
    },
  }
}
