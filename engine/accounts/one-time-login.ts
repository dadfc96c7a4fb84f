import { oneTimeScope } from '../../common/contract/scope.ts'
import type { Account } from '../account.ts'
import { atSite } from '../discourse/address.ts'
import { oneTimePageUrl } from '../discourse/authorize-url.ts'
import { createKeypair, decryptPayload } from '../discourse/keypair.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'

/** A forum's token is valid for ten minutes (protocol.md 1.8), some of which it may spend on its way; in milliseconds. */
const tokenLifetime = 9 * 60_000
/** How long the user may take on the forum's page, in milliseconds. */
const requestLifetime = 10 * 60_000
/** The most requests at a time: whoever makes more has left the earlier pages. */
const mostRequests = 8

/**
 * Opens a forum in the browser with the account's user logged in (protocol.md 1.8). A token leaves only in that
 * address.
 */
export interface OneTimeLogin {
  /** The unguessable part of this account's link on the page; null where logging in is not possible. */
  linkOf(account: Account): string | null
  /**
   * Where a browser that follows such a link is redirected: straight in with a token that came with the sign-in, or to
   * the forum's page that issues one; undefined if there is no such link. For a browser only.
   */
  urlFor(link: string): Promise<string | undefined>
  /** Whether an answer with a token is expected. */
  isExpected(): boolean
  /**
   * Opens the forum with an encrypted token.
   * @returns the account; undefined if no request matches, for whatever reason
   */
  accept(encrypted: string): string | undefined
  /** Keeps an encrypted token that came with a sign-in, for the first use of the account's link. */
  keep(account: string, encrypted: string, privateKey: string): void
}

export interface OneTimeLoginOptions {
  readonly model: Model
  readonly clock: Clock
  readonly random: Random
  readonly defaultMethod: () => 'redirect' | 'paste'
  /** Opens an address of a forum in the user's browser. */
  readonly openUrl: (url: string) => void
}

export const createOneTimeLogin = (options: OneTimeLoginOptions): OneTimeLogin => {
  const { model, clock, random, defaultMethod, openUrl } = options
  const links = new Map<string, string>()
  const tokens = new Map<string, { readonly token: string; readonly until: number }>()
  let requests: readonly { readonly account: string; readonly privateKey: string; readonly until: number }[] = []

  /** The token comes by redirect, and only with its scope. */
  const isPossible = ({ scopes, revoking }: Account): boolean =>
    scopes.includes(oneTimeScope) && !revoking && defaultMethod() === 'redirect'

  const possible = (id: string): Account | undefined => {
    const account = model.account(id)
    return account !== undefined && isPossible(account) ? account : undefined
  }

  const present = () => {
    requests = requests.filter(({ account, until }) => until > clock.elapsed() && possible(account) !== undefined)
    return requests
  }

  const takeToken = (id: string): string | undefined => {
    const kept = tokens.get(id)
    tokens.delete(id)
    return kept !== undefined && kept.until > clock.elapsed() ? kept.token : undefined
  }

  return {
    linkOf: (account) => {
      if (!isPossible(account)) return null
      const link = links.get(account.id) ?? random.hex(16)
      links.set(account.id, link)
      return link
    },
    urlFor: async (link) => {
      const [id] = [...links].find(([, known]) => known === link) ?? []
      const account = id === undefined ? undefined : possible(id)
      if (account === undefined) return undefined
      const token = takeToken(account.id)
      if (token !== undefined) return loginUrl(account, token)
      // An answer holds no nonce and no site. A keypair for this request alone ties it to its account: another site's
      // token cannot pass for this one's, and nobody who does not see this address can forge an answer to it.
      const { publicKey, privateKey } = await createKeypair()
      const until = clock.elapsed() + requestLifetime
      requests = [...present().slice(1 - mostRequests), { account: account.id, privateKey, until }]
      return oneTimePageUrl(account.site.base, publicKey)
    },
    isExpected: () => present().length > 0,
    accept: (encrypted) => {
      for (const request of present()) {
        const token = readToken(request.privateKey, encrypted)
        const account = token === undefined ? undefined : possible(request.account)
        if (token === undefined || account === undefined) continue
        requests = requests.filter((other) => other !== request)
        openUrl(loginUrl(account, token))
        return account.id
      }
      return undefined
    },
    keep: (account, encrypted, privateKey) => {
      const token = readToken(privateKey, encrypted)
      if (token !== undefined) tokens.set(account, { token, until: clock.elapsed() + tokenLifetime })
    },
  }
}

const loginUrl = ({ site }: Account, token: string): string => atSite(site.base, `/session/otp/${token}`)

/** Accepts 32 hex digits and nothing else, since the token becomes part of an address. */
const readToken = (privateKey: string, encrypted: string): string | undefined => {
  const text = decryptPayload(privateKey, encrypted)
  return text !== undefined && /^[0-9a-f]{32}$/.test(text) ? text : undefined
}
