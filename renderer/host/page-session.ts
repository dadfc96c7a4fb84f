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
 * The page's right to speak to the headless shell (bridge.ts, `pagePaths`): the token from the address is exchanged
 * once for a session, which the browser keeps and sends as a Bearer header, and the token leaves the address.
 */
export const createPageSession = ({ fetch, storage, fragment }: SessionSurroundings) => {
  const present = () => storage.getItem(storageKey)

  const fromBefore = (otherwise: 'noToken' | 'refused'): Entry => {
    const session = present()
    return session === null ? { kind: otherwise } : { kind: 'entered', session }
  }

  return {
    present,
    drop: () => storage.removeItem(storageKey),
    /** Rejects when the shell cannot be reached; the token then stays where it is for the next time. */
    enter: async (signal: AbortSignal): Promise<Entry> => {
      const token = tokenOf(fragment.read())
      if (token === null) return fromBefore('noToken')
      const answer = await fetch(pagePaths.session, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
        signal,
      })
      if (answer.status >= 400 && answer.status < 500) {
        fragment.clear()
        return fromBefore('refused')
      }
      const { session } = v.parse(answerSchema, await answer.json())
      storage.setItem(storageKey, session)
      fragment.clear()
      return { kind: 'entered', session }
    },
  }
}
