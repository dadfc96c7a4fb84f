import type { DesktopBus } from './desktop-bus.ts'
import { internAtom, openXDisplay, selectionOwner } from './x-display.ts'

const watcher = 'org.kde.StatusNotifierWatcher'

/**
 * Whether a Linux desktop has a place for tray icons: a StatusNotifierItem host (KDE, GNOME with the AppIndicator extension,
 * most others), or on X11 one of the older kind, which Electron falls back to (freedesktop.org, System Tray Protocol 0.4).
 * @returns undefined where nobody can be asked. Never rejects.
 */
export const desktopHasTray = async (
  bus: Pick<DesktopBus, 'hasOwner' | 'readProperty'>,
  environment: NodeJS.ProcessEnv,
  home: string,
): Promise<boolean | undefined> => {
  const where = { destination: watcher, path: '/StatusNotifierWatcher', interface: watcher }
  const hasHost = await bus.readProperty({ ...where, name: 'IsStatusNotifierHostRegistered' })
  if (hasHost === true) return true
  const isThere = await bus.hasOwner(watcher)
  // A watcher that does not say so has a host; Plasma's runs also where nothing shows the icons.
  if (isThere === true && hasHost !== false) return true
  const isOnX = await xHasTray(environment, home)
  return isOnX === true ? true : isThere === undefined ? undefined : false
}

/** On Wayland, Xwayland's trays show nothing that Electron puts there. */
const xHasTray = async (environment: NodeJS.ProcessEnv, home: string): Promise<boolean | undefined> => {
  if (environment['WAYLAND_DISPLAY']) return undefined
  const display = await openXDisplay(environment, home)
  if (display === undefined) return undefined
  try {
    const atom = await internAtom(display, `_NET_SYSTEM_TRAY_S${display.screen}`)
    return atom !== 0 && (await selectionOwner(display, atom)) !== 0
  } catch {
    return undefined
  } finally {
    display.end()
  }
}
