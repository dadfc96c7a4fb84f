import { pagePaths } from '../../common/contract/bridge.ts'
import type { CommandInput, CommandName } from '../../common/contract/commands.ts'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { readEventStream } from './event-stream.ts'
import type { Clipboard, Host } from './host.ts'
import { createHostStore } from './host-store.ts'
import { type BrowserNotifications, createPageAlerts } from './page-alerts.ts'
import { createPageSession, type SessionSurroundings } from './page-session.ts'
import { readResult } from './read-result.ts'

/** What a page host needs of its browser; tests pass their own. */
export interface PageSurroundings extends SessionSurroundings {
  /** Puts text on the clipboard; rejects where the browser refuses. */
  readonly copy: (text: string) => Promise<void>
  /** Whether the user has allowed the page to read the clipboard at any time. */
  readonly mayReadClipboard: () => Promise<boolean>
  /** Reads the clipboard; the browser may ask the user first. Rejects where that is refused. */
  readonly readClipboard: () => Promise<string>
  readonly notifications: BrowserNotifications
  /** How many forums the page's first screen has room for; null where it needs all of them. */
  readonly firstForums: () => number | null
  /** Resolves once what the page shows now is on the screen. */
  readonly painted: () => Promise<void>
  /** Calls once after so many milliseconds; gives a function that calls it off. */
  readonly schedule: (run: () => void, milliseconds: number) => () => void
}

export interface PageHost extends Host {
  /** Ends the connection for good. */
  readonly stop: () => void
}

/** The shell writes at least every 15 s (bridge.ts); after three times that the connection is taken for dead. */
const silenceLimit = 45_000

/** Waits before the shell is asked again, in milliseconds. It is on this computer, so they stay short. */
const waits = [500, 1000, 2000, 4000]
const longestWait = 8000

/**
 * How long the first snapshot waits to be shown together with the offer of alerts, which would move its rows if it came
 * later. In milliseconds; both are on their way at once, so only a desktop bus that hangs makes it wait.
 */
const longestWaitForOffer = 5000

/** In characters; all such requests of a page together may have 64 KiB (Fetch standard, “keepalive”). */
const mostKeptAlive = 1000

type Ending = 'broken' | 'noToken' | 'refused'

/**
 * The host in a browser's page: commands by POST, updates by server-sent events over `fetch`. One closure over a hundred lines:
 * its functions are the states of one connection.
 */
export const createPageHost = (surroundings: PageSurroundings): PageHost => {
  const { fetch, schedule, copy, mayReadClipboard, readClipboard, notifications, firstForums, painted } = surroundings
  const store = createHostStore()
  const session = createPageSession(surroundings)
  const alerts = createPageAlerts({ fetch, notifications })
  let connection = new AbortController()
  let over = false
  let failures = 0

  const stop = () => {
    over = true
    connection.abort()
  }

  const withTimeout = (work: Promise<unknown>, milliseconds: number) =>
    new Promise<void>((resolve) => {
      const callOff = schedule(resolve, milliseconds)
      void work.finally(() => {
        callOff()
        resolve()
      })
    })

  const signOut = () => {
    session.drop()
    stop()
    store.setConnection('signedOut')
  }

  /** Asks for the updates, and whether to offer alerts. */
  const ask = (present: string, signal: AbortSignal) => {
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${present}` }
    const first = store.getState().snapshot === null ? firstForums() : null
    const updates = fetch(first === null ? pagePaths.updates : `${pagePaths.updates}?first=${first}`, {
      headers,
      cache: 'no-store',
      signal,
    })
    const offered = alerts.ask(present, signal)
    void offered.then((show) => show())
    return { updates, offered }
  }

  /** With the session from before first; with one for the token in the address where the shell refuses that. */
  const connect = async (signal: AbortSignal) => {
    for (const enter of [session.enter, session.renew]) {
      const entering = enter(signal)
      // What waits, even for nothing, goes on only after the whole page has been evaluated.
      const entry = entering instanceof Promise ? await entering : entering
      if (entry.kind !== 'entered') return entry.kind
      const { updates, offered } = ask(entry.session, signal)
      const answer = await updates
      if (answer.status !== 401) return { answer, offered }
    }
    return 'refused'
  }

  const listen = async (current: AbortController): Promise<Ending> => {
    const { signal } = current
    const watch = () => schedule(() => current.abort(), silenceLimit)
    let callOff = watch()
    try {
      const connected = await connect(signal)
      session.clearToken()
      if (typeof connected === 'string') return connected
      const { answer, offered } = connected
      if (!answer.ok || answer.body === null) return 'broken'
      let isFirst = store.getState().snapshot === null
      if (isFirst) await withTimeout(offered, longestWaitForOffer)
      const heard = () => {
        callOff()
        callOff = watch()
      }
      for await (const data of readEventStream(answer.body, signal, heard)) {
        // Every connection begins with a whole snapshot, so a new one helps.
        if (!store.accept(parseJson(data))) return 'broken'
        failures = 0
        // Reading what comes next would hold up the painting of the first.
        if (isFirst) await painted()
        isFirst = false
      }
      return 'broken'
    } catch {
      return 'broken'
    } finally {
      callOff()
      current.abort()
    }
  }

  const run = async () => {
    while (!over) {
      connection = new AbortController()
      const ending = await listen(connection)
      if (over) return
      if (ending === 'refused') return signOut()
      if (ending === 'noToken') {
        // Another tab may have logged out this one.
        return store.setConnection(store.getState().snapshot === null ? 'noToken' : 'signedOut')
      }
      store.setConnection('lost')
      const wait = waits[failures] ?? longestWait
      failures += 1
      await new Promise<void>((resolve) => schedule(resolve, wait))
    }
  }

  /** Copies the forum's own address, which works on any device: one of this computer's would be of no use elsewhere. */
  const copyLink = async (attempt: string) => {
    try {
      const headers = { authorization: `Bearer ${session.present()}` }
      const answer = await fetch(pagePaths.authorizeLink + encodeURIComponent(attempt), { headers, cache: 'no-store' })
      if (answer.status === 404) return fail('attempt_unknown')
      if (!answer.ok) return fail('not_running')
      await copy(await answer.text())
      return ok(null)
    } catch {
      return fail('internal')
    }
  }

  const execute = async <Name extends CommandName>(name: Name, input: CommandInput<Name>) => {
    if ('attempt' in input && name === 'attempt.copyLink') return readResult<Name>(await copyLink(input.attempt))
    const present = session.present()
    if (present === null) return fail('not_authorised')
    const body = JSON.stringify(input)
    try {
      const answer = await fetch(pagePaths.commands + name, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${present}` },
        body,
        // One that is sent while the page is left arrives all the same; browsers allow that for small bodies only.
        keepalive: body.length < mostKeptAlive,
      })
      if (answer.status === 401) signOut()
      return readResult<Name>(await answer.json())
    } catch {
      return fail('not_running')
    }
  }

  const logOutPages = async (): Promise<Result<null>> => {
    try {
      const answer = await fetch(pagePaths.logOut, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${session.present()}` },
        body: '{}',
      })
      if (!answer.ok && answer.status !== 401) return fail('not_running')
      signOut()
      return ok(null)
    } catch {
      return fail('not_running')
    }
  }

  const paste = () => readClipboard().catch(() => null)
  const clipboard: Clipboard = {
    look: async () => {
      const text = (await mayReadClipboard().catch(() => false)) ? await paste() : null
      if (text === null) return null
      // Asked for with the dialog only; the first view does without.
      const { forumAddressIn } = await import('../../common/contract/forum-address.ts')
      return forumAddressIn(text)
    },
    paste,
  }

  void run()
  const { getState, subscribe } = store
  return { isDesktop: false, execute, clipboard, getState, subscribe, alerts: alerts.offer, logOutPages, stop }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
