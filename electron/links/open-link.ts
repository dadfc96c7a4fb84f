import type { Engine } from '../../engine/engine.ts'
import { linkToOpen, signedInLinkOf } from './external-links.ts'

export interface OpenLinkOptions {
  readonly engine: Pick<Engine, 'snapshot' | 'authorizeUrl' | 'signedInUrl'>
  /** Opens an address in the system's browser. */
  readonly openExternal: (url: string) => void
  /** The same for an address that other users of the computer must not see. */
  readonly openPrivately: (url: string) => void
}

/** Returns a function that opens a link from a window, a notification or the engine, if it may be opened. */
export const createOpenLink = ({ engine, openExternal, openPrivately }: OpenLinkOptions): ((link: string) => void) => {
  const open = (link: string, openTarget: (url: string) => void): void => {
    const target = linkToOpen(link, { snapshot: engine.snapshot(), authorizeUrl: engine.authorizeUrl })
    if (target !== undefined) openTarget(target)
  }
  return (link) => {
    const signedIn = signedInLinkOf(link)
    if (signedIn === undefined) open(link, openExternal)
    else void engine.signedInUrl(signedIn).then((url) => url === undefined || open(url, openPrivately))
  }
}
