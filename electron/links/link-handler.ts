import type { App } from 'electron'
import { fail, ok } from '../../common/contract/failure.ts'
import type { LinkOwner } from '../../common/contract/snapshot.ts'
import { createUrlHandler } from '../../engine/linux/url-handler/url-handler.ts'
import type { LinkHandler } from '../../engine/ports/link-handler.ts'
import { executablePath } from '../system/executable-path.ts'
import { urlGuard } from './deep-links.ts'

/** The only redirect that a default forum allows a desktop program (protocol.md 2.1). A constant, never input. */
const scheme = 'discourse'

/** The entry that our own packages for Linux bring; an AppImage or an unpacked program writes one of its own. */
const packagedEntry = 'discourse-notifier.desktop'
const ownEntry = 'discourse-notifier-app-url.desktop'

/** What a handler of forums' links is made with. */
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
  /** What this program is called. */
  readonly appName: string
}

/** The same, and how an answer reaches us at best, by what was found out last. */
export interface DesktopLinkHandler extends LinkHandler {
  defaultMethod(): 'redirect' | 'paste'
}

/**
 * This program as the one that the system gives `discourse:` addresses to. On macOS and Windows Electron asks the
 * system; on Linux its way, `xdg-settings`, wants an installed `.desktop` file, which an AppImage has not, so the entry
 * is our own there, and is made to follow an AppImage that has moved. An owner that is called as we are is an earlier
 * copy of us, and its place is free.
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

/** Program and arguments matter on Windows alone; macOS goes by the bundle. */
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
  // A package's entry starts the package, which an AppImage and a checkout are not.
  const isPackage = program === execPath && script === undefined
  const packaged = isPackage ? packagedEntry : undefined
  const handler = createUrlHandler({ environment, home, entry: ownEntry, packaged, command })
  // A checkout is not to take the place of an installed copy that nobody has told to give it up.
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
