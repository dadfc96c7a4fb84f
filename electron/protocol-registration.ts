import type { App } from 'electron'
import { urlGuard } from './deep-links.ts'

/** The only redirect that a default forum allows a desktop program (peers.md, section 0). A constant, never input. */
const scheme = 'discourse'

/** What registration is made with. */
export interface ProtocolRegistrationOptions {
  readonly app: Pick<App, 'setAsDefaultProtocolClient' | 'isDefaultProtocolClient'>
  readonly platform: NodeJS.Platform
  readonly execPath: string
  /** The script that Electron was started with during development; undefined in a packaged program. */
  readonly script: string | undefined
  /** Addresses reach the program on its usual profile only, so another profile neither takes nor expects them. */
  readonly isUsualProfile: boolean
}

/** Whether and how the system hands us `discourse:` addresses. */
export interface ProtocolRegistration {
  /** Asks the system to hand us the addresses, unless it does so already. */
  register(): void
  /** Redirect where an answer can reach us, paste otherwise; asked anew each time, for another program may take over. */
  usualMethod(): 'redirect' | 'paste'
}

/** Program and arguments matter on Windows alone; macOS and Linux go by the bundle and the desktop file. */
export const createProtocolRegistration = (options: ProtocolRegistrationOptions): ProtocolRegistration => {
  const { app, platform, execPath, script, isUsualProfile } = options
  const args = [...(script === undefined ? [] : [script]), ...(platform === 'win32' ? urlGuard : [])]
  const isOurs = (): boolean => isUsualProfile && app.isDefaultProtocolClient(scheme, execPath, args)
  return {
    register: () => {
      if (isUsualProfile && !isOurs()) app.setAsDefaultProtocolClient(scheme, execPath, args)
    },
    usualMethod: () => (isOurs() ? 'redirect' : 'paste'),
  }
}
