import type { Claim } from '../../engine/control/claim-profile.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import type { DesktopNotifications } from '../desktop/desktop-notifications.ts'
import type { PageServer } from '../page/page-server.ts'

export interface Served {
  readonly page: Pick<PageServer, 'close'>
  readonly engine: Pick<Engine, 'stop'>
  readonly notifications: Pick<DesktopNotifications, 'close'>
  readonly files: Pick<StateFiles, 'settled'>
  readonly claim: Pick<Claim, 'release'>
  readonly clock: Pick<Clock, 'after'>
}

/** The longest that ending may be held up, in milliseconds; what matters is written long before. */
const quitTimeout = 1000

/**
 * Ends the notifier. The claim on the profile is released last, when no file of the profile is being written any more:
 * from then on `status` says that no notifier runs, and a script may move the profile or start another one.
 */
export const stopServing = async ({ page, engine, notifications, files, claim, clock }: Served): Promise<void> => {
  await page.close()
  let cancel: () => void = () => undefined
  const timeout = new Promise<void>((resolve) => {
    cancel = clock.after(quitTimeout, resolve)
  })
  await Promise.race([engine.stop(), timeout])
  cancel()
  notifications.close()
  await files.settled()
  await claim.release()
}
