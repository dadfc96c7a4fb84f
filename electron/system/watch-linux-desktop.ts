import type { Engine } from '../../engine/engine.ts'
import { createBusctl } from '../../engine/linux/busctl.ts'
import { desktopHasTray } from '../../engine/linux/desktop-has-tray.ts'
import { desktopIsQuiet } from '../../engine/linux/desktop-is-quiet.ts'
import { sessionIsLocked } from '../../engine/linux/session-is-locked.ts'
import { watchSystemQuiet } from '../../engine/linux/watch-system-quiet.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import { watchTrayHost } from '../tray/watch-tray-host.ts'

/** What watching a Linux desktop needs. */
export interface LinuxDesktopOptions {
  readonly engine: Pick<Engine, 'notice' | 'setSystemQuiet'>
  readonly clock: Clock
  readonly files: StateFiles
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  readonly renewIcon: () => void
  readonly revealWindow: () => void
}

/** What of it others ask for. */
export interface LinuxDesktop {
  readonly askLocked: () => Promise<boolean | undefined>
  readonly isTrayMissing: () => boolean
}

/** What Electron does not tell of a Linux desktop: do-not-disturb, a locked session, and whether there is a tray. */
export const watchLinuxDesktop = (options: LinuxDesktopOptions): LinuxDesktop => {
  const { engine, clock, files, environment, home, renewIcon, revealWindow } = options
  const bus = createBusctl(environment)
  const systemBus = createBusctl(environment, 'system')
  void watchSystemQuiet({ engine, clock, ask: () => desktopIsQuiet(environment, bus.readProperty) })
  const trayHost = watchTrayHost({
    ...{ clock, files, renewIcon, revealWindow, notice: engine.notice },
    ask: () => desktopHasTray(bus, environment, home),
  })
  return { askLocked: () => sessionIsLocked(systemBus.readProperty), isTrayMissing: trayHost.isMissing }
}
