import type { GlobalShortcut } from 'electron'
import type { Failure } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'

export interface GlobalShortcutOptions {
  /** Electron's. */
  readonly keys: Pick<GlobalShortcut, 'register' | 'unregister'>
  /**
   * On Wayland no program sees keys that are pressed in another one; only the desktop's own shortcuts work everywhere.
   */
  readonly isWayland: boolean
  /** Opens the window, or hides it when it has the focus. */
  readonly toggleWindow: () => void
  readonly notice: (failure: Failure) => () => void
}

/**
 * Returns a function that registers the shortcut in a snapshot's preferences. When the system refuses it, because
 * another program has it or because this is Wayland, a notice says so until the shortcut is changed.
 */
export const createGlobalShortcut = (options: GlobalShortcutOptions): ((snapshot: Snapshot) => void) => {
  const { keys, isWayland, toggleWindow, notice } = options
  let wanted: string | null = null
  let registered: string | undefined
  let takeBack = (): void => undefined

  const register = (shortcut: string): boolean => {
    try {
      return !isWayland && keys.register(shortcut, toggleWindow)
    } catch {
      // Keys that this version of Electron does not know.
      return false
    }
  }

  return ({ preferences }) => {
    const { shortcut } = preferences.general
    if (shortcut === wanted) return
    wanted = shortcut
    takeBack()
    takeBack = () => undefined
    if (registered !== undefined) keys.unregister(registered)
    registered = undefined
    if (shortcut === null) return
    if (register(shortcut)) registered = shortcut
    else takeBack = notice({ code: isWayland ? 'shortcut_on_wayland' : 'shortcut_refused', params: { shortcut } })
  }
}
