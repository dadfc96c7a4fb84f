import * as v from 'valibot'
import { pagePaths } from '../../common/contract/bridge.ts'

/** What a session needs of its browser; tests pass their own. */
export interface SessionSurroundings {
  readonly fetch: typeof globalThis.fetch
  /** Where all tabs of the page keep their session, also for the next time: `localStorage`. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** The part of the page's address behind `#`, which browsers never send anywhere. */
  readonly fragment: { readonly read: () => string; readonly clear: () => void }
}

export type Entry =
  | { readonly kind: 'entered'; readonly session: string }
  /** Nothing to show: no token in the address and no session from before. */
  | { readonly kind: 'noToken' }
  /** The shell does not know the token. */
  | { readonly kind: 'refused' }

const storageKey = 'discourse-notifier.session'
const answerSchema = v.object({ session: v.pipe(v.string(), v.minLength(1)) })

/** Whether a fragment carries a token, as in the address that `discourse-notifier serve` prints. */
export const tokenOf = (fragment: string): string | null => new URLSearchParams(fragment.replace(/^#/, '')).get('token')

/**
 * The page's right to speak to the headless shell (bridge.ts, `pagePaths`): a session, which the browser keeps and sends
 * as a Bearer header. The token from the address is exchanged for one.
 */
export const createPageSession = ({ fetch, storage, fragment }: SessionSurroundings) => {
  const present = () => storage.getItem(storageKey)
  const token = () => tokenOf(fragment.read())

  const exchange = async (given: string, signal: AbortSignal): Promise<Entry> => {
    const answer = await fetch(pagePaths.session, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: given }),
      signal,
    })
    if (answer.status >= 400 && answer.status < 500) return { kind: 'refused' }
    const { session } = v.parse(answerSchema, await answer.json())
    storage.setItem(storageKey, session)
    return { kind: 'entered', session }
  }

  return {
    present,
    drop: () => storage.removeItem(storageKey),
    /**
     * The session from before where there is one, at once, which saves a request before the page's first; otherwise one
     * for the token. Rejects when the shell cannot be reached; the token then stays where it is for the next time.
     */
    enter: (signal: AbortSignal): Entry | Promise<Entry> => {
      const session = present()
      if (session !== null) return { kind: 'entered', session }
      const given = token()
      return given === null ? { kind: 'noToken' } : exchange(given, signal)
    },
    /** A new session in place of one that the shell has refused, if the address has a token. Rejects as `enter` does. */
    renew: async (signal: AbortSignal): Promise<Entry> => {
      const given = token()
      return given === null ? { kind: 'refused' } : await exchange(given, signal)
    },
    /** Takes the token, of no use any more, out of the address. */
    clearToken: () => {
      if (token() !== null) fragment.clear()
    },
  }
}
