import type { PageAlert } from '../../common/contract/page-alert.ts'
import type { NotificationPort } from '../../engine/ports/notification-port.ts'

/** The pages that may show alerts, for a computer whose session shows no notifications of its own. */
export interface PageAlerts {
  /** Has the page that came last show a message; `unsupported` while there is none. */
  readonly show: NotificationPort
  /** A page that may show alerts is there; gives a function for when it has gone. */
  join(tell: (alert: PageAlert) => void): () => void
}

export const createPageAlerts = (): PageAlerts => {
  const pages = new Set<(alert: PageAlert) => void>()
  return {
    show: async ({ tag, title, body, silent, target = null }) => {
      // One of them alone, or each alert would be seen as often as there are tabs.
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
