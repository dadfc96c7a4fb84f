import { createElectronHost } from './electron-host.ts'
import { firstForums } from './first-forums.ts'
import type { Host } from './host.ts'
import { createPageHost } from './page-host.ts'
import { tokenOf } from './page-session.ts'

/** Inside Electron the preload script's bridge; in a browser the headless shell that served the page. */
export const chooseHost = (window: Window): Host => {
  if (window.notifier !== undefined) return createElectronHost(window.notifier)

  const { location, history } = window
  // The address of a newer instance, typed into this tab, changes only the fragment and would otherwise do nothing.
  window.addEventListener('hashchange', () => {
    if (tokenOf(location.hash) !== null) location.reload()
  })
  const host = createPageHost({
    copy: (text) => window.navigator.clipboard.writeText(text),
    mayReadClipboard: async () => {
      // Chromium knows this name and TypeScript does not; other browsers reject it, and ask with each reading.
      const name = 'clipboard-read' as PermissionName
      return (await window.navigator.permissions.query({ name })).state === 'granted'
    },
    readClipboard: async () => await window.navigator.clipboard.readText(),
    fetch: (input, init) => window.fetch(input, init),
    storage: window.localStorage,
    fragment: {
      read: () => location.hash,
      clear: () => history.replaceState(null, '', location.pathname + location.search),
    },
    notifications: {
      permission: () => (browserHasNotifications(window) ? Notification.permission : null),
      alone: (work, signal) => window.navigator.locks.request('alerts', { signal }, work),
      ask: () => Notification.requestPermission(),
      show: ({ tag, title, body, silent, target }) => {
        const shown = new Notification(title, { tag, body, silent })
        shown.onclick = () => {
          shown.close()
          if (target === null) return window.focus()
          window.open(target.url, '_blank', 'noopener,noreferrer')
          void host.execute('account.opened', { account: target.account })
        }
      },
    },
    firstForums: () => firstForums(window),
    painted: () => painted(window),
    schedule: (run, milliseconds) => {
      const timer = window.setTimeout(run, milliseconds)
      return () => window.clearTimeout(timer)
    },
  })
  return host
}

/** Milliseconds that a browser may take from the document to the screen. */
const paintTime = 50

/** In milliseconds: in a hidden tab nothing is ever painted, and a page without accounts has no row. */
const longestPaint = 1000

/** Resolves after the first frame that has an account in it. React renders in tasks of its own, some frames later. */
const painted = (window: Window): Promise<void> =>
  new Promise((resolve) => {
    let isOver = false
    window.setTimeout(() => {
      isOver = true
      resolve()
    }, longestPaint)
    const look = () => {
      if (window.document.querySelector('[data-account]') !== null) window.setTimeout(resolve, paintTime)
      else if (!isOver) window.requestAnimationFrame(look)
    }
    window.requestAnimationFrame(look)
  })

const browserHasNotifications = (window: Window): boolean => 'Notification' in window
