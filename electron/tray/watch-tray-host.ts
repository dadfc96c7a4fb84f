import type { Failure } from '../../common/contract/failure.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

export interface TrayHostOptions {
  /** Asks whether the desktop has a tray; resolves to undefined if that is unknown. Never rejects. */
  readonly ask: () => Promise<boolean | undefined>
  /** Asks whether the session is locked; resolves to undefined if that is unknown. Never rejects. */
  readonly askLocked: () => Promise<boolean | undefined>
  /** Whether this is GNOME, which has a tray only by an extension. */
  readonly isGnome: boolean
  readonly clock: Clock
  readonly files: Pick<StateFiles, 'read' | 'remove' | 'write'>
  readonly notice: (failure: Failure) => () => void
  /** Creates the icon again: Electron looks for a tray only once, when the icon is created (Mailspring#2863). */
  readonly renewIcon: () => void
  /** Shows the window, if it is not visible. */
  readonly revealWindow: () => void
  /** Called whenever the tray goes missing or comes back. */
  readonly onChange: (isMissing: boolean) => void
}

/**
 * How long a tray may be away before it counts as missing, in milliseconds: panels start at login together with us, and
 * may be restarted.
 */
export const gracePeriod = 20_000
/** Milliseconds between two checks: while a tray is awaited, and otherwise. */
const lookOften = 2000
const lookSeldom = 60_000
const fileName = 'tray'

/**
 * Watches whether there is a tray. Where there is none, a notice says so, and the window is shown for it even after a
 * hidden start: once, until there has been a tray again. After that a hidden start stays hidden, because alerts still
 * arrive and starting the program again opens the window. A tray missing in a locked session does not count: GNOME
 * removes its host there, along with other extensions.
 */
export const watchTrayHost = (options: TrayHostOptions): void => {
  const { ask, askLocked, isGnome, clock, files, notice, renewIcon, revealWindow, onChange } = options
  /** Since when there has been no tray in an unlocked session; undefined while there is one. */
  let missingSince: number | undefined = clock.now()
  let state: 'unknown' | 'there' | 'missing' = 'unknown'
  let isAway = false
  let takeBack: (() => void) | undefined

  const arrived = (): void => {
    if (isAway) renewIcon()
    isAway = false
    if (state === 'missing') onChange(false)
    state = 'there'
    takeBack?.()
    takeBack = undefined
    if (files.read(fileName) !== undefined) files.remove(fileName)
  }

  const gone = (): void => {
    if (state === 'missing') return
    state = 'missing'
    onChange(true)
    if (files.read(fileName) !== undefined) return
    files.write(fileName, { missingSince: clock.now() })
    takeBack = notice({ code: isGnome ? 'tray_needs_extension' : 'tray_missing' })
    revealWindow()
  }

  const look = async (): Promise<void> => {
    const isThere = await ask()
    const isLocked = isThere === false && (await askLocked()) === true
    const now = clock.now()
    if (isThere === true) {
      arrived()
      missingSince = undefined
    } else if (isThere === false) {
      isAway = true
      // Counted from when the session was unlocked.
      missingSince = isLocked ? undefined : (missingSince ?? now)
      if (missingSince !== undefined && now - missingSince >= gracePeriod) gone()
    }
    const isAwaited = isThere === false && state !== 'missing' && !isLocked
    clock.after(isAwaited ? lookOften : lookSeldom, () => void look())
  }

  void look()
}
