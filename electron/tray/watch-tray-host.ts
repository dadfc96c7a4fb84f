import type { Failure } from '../../common/contract/failure.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

export interface TrayHostOptions {
  /** Whether the desktop has a place for icons; undefined where nobody tells. Never rejects. */
  readonly ask: () => Promise<boolean | undefined>
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

/** Milliseconds for a panel that starts at login beside us, between two looks while it may, and afterwards. */
export const gracePeriod = 20_000
const lookOften = 2000
const lookSeldom = 60_000
const fileName = 'tray'

/**
 * Watches whether there is a tray. Where there is none, that is said in a notice, and the window is shown for it although it
 * was to stay hidden: once, until there has been a tray. Afterwards a hidden start is hidden, for alerts come all the same
 * and starting the program once more opens the window.
 */
export const watchTrayHost = (options: TrayHostOptions): void => {
  const { ask, clock, files, notice, renewIcon, revealWindow, onChange } = options
  const begin = clock.now()
  let state: 'unknown' | 'there' | 'missing' = 'unknown'
  let isFirst = true
  let takeBack: (() => void) | undefined

  const arrived = (): void => {
    // At the first look, the icon was made just now.
    if (!isFirst && state !== 'there') renewIcon()
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
    const isEarly = clock.now() - begin < gracePeriod
    if (isThere === true) arrived()
    else if (isThere === false && !isEarly) gone()
    isFirst = false
    clock.after(isEarly && isThere === false ? lookOften : lookSeldom, () => void look())
  }

  void look()
}
