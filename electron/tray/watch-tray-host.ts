import type { Failure } from '../../common/contract/failure.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

export interface TrayHostOptions {
  /** Whether the desktop has a place for icons; undefined where nobody tells. Never rejects. */
  readonly ask: () => Promise<boolean | undefined>
  /** Whether the session is locked; undefined where nobody says. Never rejects. */
  readonly askLocked: () => Promise<boolean | undefined>
  readonly clock: Clock
  readonly files: Pick<StateFiles, 'read' | 'remove' | 'write'>
  readonly notice: (failure: Failure) => () => void
  /** The icon has to be put there anew: Electron looks for a tray once, when it is made (Mailspring#2863). */
  readonly renewIcon: () => void
  /** Brings the window into sight, if it is not. */
  readonly revealWindow: () => void
  /** Called whenever there is a tray, or none, where there was the other before. */
  readonly onChange: (isMissing: boolean) => void
}

/**
 * How long a tray may be away before it counts as missing, in milliseconds: panels start at login beside us, and are
 * started anew.
 */
export const gracePeriod = 20_000
/** Between two looks while a tray is awaited, and otherwise. In milliseconds. */
const lookOften = 2000
const lookSeldom = 60_000
const fileName = 'tray'

/**
 * Watches whether there is a tray. Where there is none, that is said in a notice, and the window is shown for it although it
 * was to stay hidden: once, until there has been a tray. Afterwards a hidden start is hidden, for alerts come all the same
 * and starting the program once more opens the window. While the session is locked nothing is judged: GNOME takes the
 * tray's host away with the unlocked session's other extensions.
 */
export const watchTrayHost = (options: TrayHostOptions): void => {
  const { ask, askLocked, clock, files, notice, renewIcon, revealWindow, onChange } = options
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
    takeBack = notice({ code: 'tray_missing' })
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
