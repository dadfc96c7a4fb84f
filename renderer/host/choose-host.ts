import { createElectronHost } from './electron-host.ts'
import { firstForums } from './first-forums.ts'
import { firstPaint } from './first-paint.ts'
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
    painted: () => firstPaint(window),
    schedule: (run, milliseconds) => {
      const timer = window.setTimeout(run, milliseconds)
      return () => window.clearTimeout(timer)
    },
  })
  return host
}

const browserHasNotifications = (window: Window): boolean => 'Notification' in window
