// The two ways a renderer reaches its shell. Both carry the same things: snapshots in, commands out, all as JSON.

/** What Electron's preload script puts on `window.notifier`. Nothing else crosses the context bridge. */
export interface Bridge {
  /** Gives a `Result` (see failure.ts). */
  execute(name: string, input: unknown): Promise<unknown>
  /** Calls at once with the present snapshot and then with each new one; gives a function that ends it. */
  onSnapshot(listener: (snapshot: unknown) => void): () => void
}

/** IPC channels between preload and main process. */
export const ipcChannels = {
  execute: 'notifier:execute',
  snapshot: 'notifier:snapshot',
  watch: 'notifier:watch',
} as const

/**
 * The headless shell's HTTP interface for its page.
 * - `POST session` with JSON `{token}` from the fragment of the printed address: `{session}`, to be sent as
 *   `Authorization: Bearer <session>` with everything else. No cookie: cookies of 127.0.0.1 go to every port.
 * - `GET snapshots`: server-sent events, each `data:` one snapshot as JSON, the present one first; a comment line
 *   at least every 15 s.
 * - `POST commands/<name>` with the input as JSON: a `Result` as JSON, status 200.
 * - Failures of the interface itself: status 4xx with a failed `Result` as JSON.
 */
export const pagePaths = { session: '/api/session', snapshots: '/api/snapshots', commands: '/api/commands/' } as const

/**
 * Where the authorize page of a waiting attempt opens, in both shells: the headless shell answers with a redirect,
 * Electron catches the new window and hands the address to the system's browser. So the authorize address, which
 * holds the nonce, never enters the page.
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
