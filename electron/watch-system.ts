import { homedir } from 'node:os'
import { app, autoUpdater, powerMonitor } from 'electron'
import type { DesktopFact } from '../common/contract/diagnosis.ts'
import type { Engine } from '../engine/engine.ts'
import { createDesktopBus } from '../engine/linux/desktop-bus.ts'
import { sessionIsLocked } from '../engine/linux/session-is-locked.ts'
import { watchNetwork } from '../engine/network/watch-network.ts'
import type { createEndingClock } from '../engine/ports/clock.ts'
import type { StateFiles } from '../engine/storage/state-files.ts'
import { watchPresence } from './system/presence.ts'
import { watchLinuxDesktop } from './system/watch-linux-desktop.ts'
import type { TrayIcon } from './tray/tray.ts'
import type { AppWindow } from './window/window.ts'

const { platform, env: environment } = process

export interface SystemParts {
  readonly engine: Engine
  readonly window: AppWindow
  readonly tray: TrayIcon
  readonly facts: Set<DesktopFact>
  readonly files: StateFiles
  readonly clock: ReturnType<typeof createEndingClock>
}

/** Tells the engine what it has to know about the desktop, the user and the network. */
export const watchSystem = ({ engine, window, tray, facts, files, clock }: SystemParts): void => {
  const systemBus = createDesktopBus(environment, 'system')
  const askLocked = (): Promise<boolean | undefined> => sessionIsLocked(systemBus.readProperty)
  if (platform === 'linux') {
    watchLinuxDesktop({
      ...{ engine, clock, files, environment, home: homedir(), askLocked },
      renewIcon: () => tray.renew(engine.snapshot()),
      // A user who has the window open sees the notice there, and may be busy with something else.
      revealWindow: () => window.isVisible() || window.show(),
      onTrayMissing: (isMissing) => (isMissing ? facts.add('trayMissing') : facts.delete('trayMissing')),
    })
  }
  watchPresence({ power: powerMonitor, engine, clock, askLocked: platform === 'linux' ? askLocked : undefined })
  watchNetwork({ clock, onChange: engine.networkChanged })
  app.on('activate', () => window.show())
  // macOS closes the windows before it asks whether it may quit for an update.
  autoUpdater.on('before-quit-for-update', window.letClose)
}
