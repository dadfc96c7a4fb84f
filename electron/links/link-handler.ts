import type { App } from 'electron'
import { fail, ok } from '../../common/contract/failure.ts'
import type { LinkOwner } from '../../common/contract/snapshot.ts'
import { createUrlHandler } from '../../engine/linux/url-handler/url-handler.ts'
import type { LinkHandler } from '../../engine/ports/link-handler.ts'
import { executablePath } from '../system/executable-path.ts'
import { urlGuard } from './deep-links.ts'

/** The only redirect that a forum allows a desktop app by default (protocol.md 2.1). A constant, never input. */
const scheme = 'discourse'

/** The desktop entry that our Linux packages install; an AppImage or an unpacked archive writes one of its own. */
const packagedEntry = 'discourse-notifier.desktop'
const ownEntry = 'discourse-notifier-app-url.desktop'

export interface LinkHandlerOptions {
  readonly app: Pick<
    App,
    | 'getApplicationNameForProtocol'
    | 'isDefaultProtocolClient'
    | 'removeAsDefaultProtocolClient'
    | 'setAsDefaultProtocolClient'
  >
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  readonly execPath: string
  /** The script that Electron was started with during development; undefined in a packaged program. */
  readonly script: string | undefined
  /** This program's name. */
  readonly appName: string
}

/** A link handler that also knows the best sign-in method, judging by its last look at the system. */
export interface DesktopLinkHandler extends LinkHandler {
  defaultMethod(): 'redirect' | 'paste'
}

/**
 * Registers this program as the system's handler for `discourse:` addresses. On macOS and Windows Electron does that.
 * On Linux Electron uses `xdg-settings`, which needs an installed `.desktop` file; an AppImage has none, so there we
 * write an entry of our own, and update it when the AppImage has moved. A handler that has our name is an earlier copy
 * of this program, and may be replaced.
 */
export const createLinkHandler = (options: LinkHandlerOptions): DesktopLinkHandler => {
  const system = options.platform === 'linux' ? onLinux(options) : onOthers(options)
  let isOurs = false
  const owner = async (): Promise<LinkOwner> => {
    const found = await system.owner()
    isOurs = found.kind === 'ours'
    return found.kind === 'other' && found.name === options.appName ? { kind: 'nobody' } : found
  }
  return {
    owner,
    set: async (wanted) => {
      const done = await system.set(wanted)
      if (!done.ok) return done
      await owner()
      return isOurs === wanted ? done : fail('handler_failed', { reason: 'not taken' })
    },
    defaultMethod: () => (isOurs ? 'redirect' : 'paste'),
  }
}

/** Program and arguments matter only on Windows; macOS goes by the bundle. */
const onOthers = ({ app, platform, execPath, script }: LinkHandlerOptions): LinkHandler => {
  const args = [...(script === undefined ? [] : [script]), ...(platform === 'win32' ? urlGuard : [])]
  return {
    owner: async () => {
      if (app.isDefaultProtocolClient(scheme, execPath, args)) return { kind: 'ours' }
      const name = app.getApplicationNameForProtocol(`${scheme}://`)
      return name === '' ? { kind: 'nobody' } : { kind: 'other', name }
    },
    set: async (wanted) => {
      if (wanted) app.setAsDefaultProtocolClient(scheme, execPath, args)
      else app.removeAsDefaultProtocolClient(scheme, execPath, args)
      return ok(null)
    },
  }
}

const onLinux = ({ environment, home, execPath, script }: LinkHandlerOptions): LinkHandler => {
  const program = executablePath(environment, execPath)
  const command = [program, ...(script === undefined ? [] : [script]), ...urlGuard]
  // A package's entry starts the installed package, not an AppImage or a checkout.
  const isPackage = program === execPath && script === undefined
  const packaged = isPackage ? packagedEntry : undefined
  const handler = createUrlHandler({ environment, home, entry: ownEntry, packaged, command })
  // A checkout must not take over from an installed copy unless the user asks for it.
  if (script === undefined) handler.repair()
  return {
    owner: async () => {
      const entry = await handler.current()
      if (entry === undefined) return { kind: 'nobody' }
      const isOurs = entry === ownEntry || entry === packaged
      return isOurs ? { kind: 'ours' } : { kind: 'other', name: handler.nameOf(entry) }
    },
    set: (wanted) => (wanted ? handler.register() : handler.unregister()),
  }
}
