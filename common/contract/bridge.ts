// The two ways a renderer reaches its shell. Both carry the same things: updates of the snapshot in (snapshot-update.ts),
// commands out, all as JSON. The first update to a page is a whole snapshot, each later one is the difference to the one
// before it; a page that an update does not fit asks anew and begins with a whole one again.

/**
 * The least time between two updates to one page, in milliseconds. The first change after a pause is told at once; what
 * changes within that time is told in one.
 */
export const updateInterval = 100

/** What Electron's preload script puts on `window.notifier`. Nothing else crosses the context bridge. */
export interface Bridge {
  /** Gives a `Result` (see failure.ts). */
  execute(name: string, input: unknown): Promise<unknown>
  /** Calls with a whole snapshot and then with what changes, each a `SnapshotUpdate`; gives a function that ends it. */
  onUpdate(listener: (update: unknown) => void): () => void
}

/** IPC channels between preload and main process. */
export const ipcChannels = {
  execute: 'notifier:execute',
  update: 'notifier:update',
  /** The page asks for a whole snapshot, and for updates from there on. */
  watch: 'notifier:watch',
} as const

/**
 * The headless shell's HTTP interface for its page.
 * - `POST session` with JSON `{token}` from the fragment of the printed address: `{session}`, to be sent as
 *   `Authorization: Bearer <session>` with everything else. No cookie: cookies of 127.0.0.1 go to every port.
 * - `POST log-out` logs all pages out: a `Result`. Sessions outlive the shell, which keeps their hashes; those that are
 *   not used for 30 days end.
 * - `GET updates`: server-sent events, each `data:` one `SnapshotUpdate` as JSON, a whole one first; a comment line at
 *   least every 15 s. A page that an update does not fit connects anew. With `?first=N`, 1 to 100, the first
 *   snapshot has no more than the first screen of the home needs, of N forums (common/glance/first-screen.ts), and an
 *   update with the rest follows.
 * - `GET alerts/wanted`: `{wanted}`, whether pages are to show alerts, because nothing else on the shell's computer can.
 * - `GET alerts`: server-sent events, each `data:` one `PageAlert` as JSON; for pages that may show them.
 * - `POST commands/<name>` with the input as JSON: a `Result` as JSON, status 200.
 * - Failures of the interface itself: status 4xx with a failed `Result` as JSON.
 */
export const pagePaths = {
  session: '/api/session',
  logOut: '/api/log-out',
  updates: '/api/updates',
  alertsWanted: '/api/alerts/wanted',
  alerts: '/api/alerts',
  commands: '/api/commands/',
  /** Gives the address of an attempt's authorize page as text, for a page whose user asks to copy it. */
  authorizeLink: '/api/authorize-link/',
} as const

/**
 * Where the authorize page of a waiting attempt opens, in both shells: the headless shell answers with a redirect,
 * Electron catches the new window and hands the address to the system's browser. So the authorize address, which
 * holds the nonce, enters the page only when the user has it copied, on its way to the clipboard.
 */
export const openAttemptPath = (attempt: string): string => `${openPrefix}${encodeURIComponent(attempt)}`

/** What such a path begins with. */
export const openPrefix = '/open/'

/**
 * Where a picture that the engine keeps is served, in both shells. An `<img>` cannot send the page's session, so what
 * follows is unguessable and stands in the snapshot.
 */
export const imagePath = (link: string): string => `${imagePrefix}${encodeURIComponent(link)}`

/** What such a path begins with. */
export const imagePrefix = '/image/'

/**
 * Where a forum opens in the browser with an account's user logged in, in the same way. What follows is unguessable and
 * stands in the snapshot, so that no other page can begin it.
 */
export const openSignedInPath = (link: string): string => `${openSignedInPrefix}${encodeURIComponent(link)}`

/** What such a path begins with. */
export const openSignedInPrefix = '/open-signed-in/'
