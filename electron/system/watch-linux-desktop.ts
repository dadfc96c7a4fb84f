import type { Engine } from '../../engine/engine.ts'
import { createDesktopBus } from '../../engine/linux/desktop-bus.ts'
import { desktopHasTray } from '../../engine/linux/desktop-has-tray.ts'
import { desktopIsQuiet } from '../../engine/linux/desktop-is-quiet.ts'
import { isGnome } from '../../engine/linux/is-gnome.ts'
import { watchSystemQuiet } from '../../engine/linux/watch-system-quiet.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import { watchTrayHost } from '../tray/watch-tray-host.ts'

export interface LinuxDesktopOptions {
  readonly engine: Pick<Engine, 'notice' | 'setSystemQuiet'>
  readonly clock: Clock
  readonly files: StateFiles
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  readonly askLocked: () => Promise<boolean | undefined>
  readonly renewIcon: () => void
  readonly revealWindow: () => void
  readonly onTrayMissing: (isMissing: boolean) => void
}

/** Watches what Electron does not report about a Linux desktop: do-not-disturb, and whether there is a tray. */
export const watchLinuxDesktop = (options: LinuxDesktopOptions): void => {
  const { engine, clock, files, environment, home, askLocked, renewIcon, revealWindow, onTrayMissing } = options
  const bus = createDesktopBus(environment)
  void watchSystemQuiet({ engine, clock, ask: () => desktopIsQuiet(environment, bus.readProperty) })
  watchTrayHost({
    ...{ clock, files, askLocked, renewIcon, revealWindow, notice: engine.notice, onChange: onTrayMissing },
    ask: () => desktopHasTray(bus, environment, home),
    isGnome: isGnome(environment),
  })
}
