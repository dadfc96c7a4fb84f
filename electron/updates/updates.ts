import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Installation } from './installation.ts'
import { answerToNewer, firstLook, nextLook, type UpdateChoice } from './update-plan.ts'

/** Finds newer versions and downloads them. */
export interface Updater {
  /** The newest version, when it is newer than this one. */
  look(): Promise<string | undefined>
  /** Downloads what `look` found; it is installed when the program ends, and never before. */
  download(): Promise<void>
}

export interface UpdatesOptions {
  readonly installation: Installation
  /** Whether the administrator's policy allows updates. */
  readonly isAllowed: boolean
  /** Loads the updater; not called before it is needed. */
  readonly openUpdater: () => Promise<Updater>
  readonly clock: Clock
  /** The page from which newer versions can be downloaded by hand. */
  readonly page: string
}

/** What the user has chosen, and how notices reach them. */
export interface UpdateUser {
  /** Read again before each check. */
  readonly choice: () => UpdateChoice
  /** Shows a notice; returns a function that removes it. */
  readonly notice: (failure: Failure) => () => void
}

/** Newer versions of this program: looked for in the background, never forced on anybody. */
export interface Updates {
  /** Starts checking, a minute from now. */
  start(user: UpdateUser): void
  /** Downloads the version that was announced, when the user asks for it. Failures: `update_none`, `update_failed`. */
  download(): Promise<Result<null>>
}

export const createUpdates = (options: UpdatesOptions): Updates => {
  const { installation, isAllowed, openUpdater, clock, page } = options
  let updater: Promise<Updater> | undefined
  let user: UpdateUser | undefined
  let found: string | undefined
  let takeBack: (() => void) | undefined
  let downloading: Promise<Result<null>> | undefined
  let failures = 0

  const open = (): Promise<Updater> => {
    updater ??= openUpdater()
    // A library that could not be loaded is tried again at the next check.
    updater.catch(() => {
      updater = undefined
    })
    return updater
  }

  const show = (failure: Failure): void => {
    takeBack?.()
    takeBack = user?.notice(failure)
  }

  const fetchFound = async (version: string): Promise<Result<null>> => {
    try {
      await (await open()).download()
    } catch {
      return fail('update_failed')
    }
    show({ code: 'update_ready', params: { version } })
    return ok(null)
  }

  const download = async (): Promise<Result<null>> => {
    if (found === undefined || installation !== 'self' || !isAllowed) return fail('update_none')
    downloading ??= fetchFound(found)
    const result = await downloading
    // A finished download is not repeated; a failed one may be.
    if (!result.ok) downloading = undefined
    return result
  }

  const look = async (choice: Exclude<UpdateChoice, 'off'>): Promise<void> => {
    if (installation === 'none') return
    const version = await (await open()).look()
    // Each version is announced once, so that a dismissed notice does not come back.
    if (version === undefined || version === found) return
    found = version
    downloading = undefined
    const answer = answerToNewer(installation, choice)
    if (answer === 'tell') show({ code: 'update_elsewhere', params: { version, page } })
    else if (answer === 'offer' || !(await download()).ok) show({ code: 'update_available', params: { version } })
  }

  const lookLater = (delay: number): void => {
    clock.after(delay, () => void lookNow())
  }

  const lookNow = async (): Promise<void> => {
    const choice = user?.choice() ?? 'off'
    try {
      if (choice !== 'off') await look(choice)
      failures = 0
    } catch {
      // The user did not ask, so nothing is shown; the next checks come at growing intervals.
      failures += 1
    }
    lookLater(nextLook(failures))
  }

  return {
    start: (given) => {
      user = given
      if (installation !== 'none' && isAllowed) lookLater(firstLook)
    },
    download,
  }
}
