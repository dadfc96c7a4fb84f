import { imagePath, openSignedInPath } from '../common/contract/bridge.ts'
import { createFaces } from './accounts/faces.ts'
import { createImages } from './accounts/images.ts'
import { createOneTimeLogin } from './accounts/one-time-login.ts'
import { createSiteDetails } from './accounts/site-details.ts'
import { alertNotification } from './alerts/alert.ts'
import { createAlerts } from './alerts/alerts.ts'
import { createQuietWatch } from './alerts/quiet/quiet-watch.ts'
import { chimeWav } from './alerts/sound/chime.ts'
import type { EngineParts } from './engine-ports.ts'
import { createModel } from './model.ts'
import { attended, type Presence } from './sync/presence.ts'
import { createSync } from './sync/sync.ts'

/**
 * Creates everything that looks after existing accounts. The parts refer to each other only inside calls, so their
 * order does not matter.
 */
export const watchForums = ({
  storage,
  network,
  desktop,
  system,
  language,
  appVersion,
  interval,
  policy,
}: EngineParts) => {
  const { settings, files, vault, imageFolder } = storage
  const { clock, random, timeZone } = system
  const { defaultMethod, openUrl, playWav, showNotification } = desktop
  const { t } = language
  const model = createModel({
    ...{ settings, files, vault, clock, appVersion },
    presetSites: policy.sites,
    decided: { proxy: policy.proxy ?? null, mayUpdate: policy.mayUpdate },
    pathsOf: (account) => {
      const path = (link: string | null, of: (link: string) => string) => (link === null ? null : of(link))
      return {
        signedIn: path(oneTimeLogin.linkOf(account), openSignedInPath),
        avatar: path(images.linkOf(account.id, 'avatar'), imagePath),
        icon: path(images.linkOf(account.id, 'icon'), imagePath),
        withFaces: (items) => faces.shown(account.site.base, items),
      }
    },
  })
  const oneTimeLogin = createOneTimeLogin({ model, clock, random, defaultMethod, openUrl })
  const quiet = createQuietWatch({ model, clock, timeZone })
  let presence: Presence = attended
  const alerts = createAlerts({
    ...{ model, clock, files, t, timeZone },
    quietOf: quiet.of,
    isLocked: () => presence.user === 'locked',
    show: (alert) => {
      if (alert.chime !== null) void playWav?.(chimeWav(alert.chime, model.preferences().alerts.volume))
      return showNotification(alertNotification(t, alert, images.fileOf(alert.account, 'icon')))
    },
  })
  quiet.onUpdate(alerts.onQuietMayBeOver)
  const sync = createSync({
    ...{ model, vault, clock, random, files },
    http: network.http,
    interval: () => {
      const { refreshSeconds } = model.preferences().general
      return refreshSeconds === null ? interval : refreshSeconds * 1000
    },
    rowEvents: alerts.rowEvents,
    onCounts: alerts.onCounts,
    onRefused: alerts.onRefused,
  })
  const images = createImages({
    folder: imageFolder,
    ...{ model, vault, clock, random },
    http: sync.pictureHttp(),
    keyedHttp: sync.pictureHttp,
  })
  const faces = createFaces({ model, clock, random, http: sync.pictureHttp() })
  return {
    ...{ model, oneTimeLogin, quiet, alerts, sync, images, faces },
    siteDetails: createSiteDetails({
      ...{ model, clock },
      http: sync.openHttpByClock,
      isAwake: () => presence.machine !== 'asleep',
      onTroubleOver: (base) => void images.refreshIcon(base),
    }),
    setPresence: (changes: Partial<Presence>): void => {
      const wasLocked = presence.user === 'locked'
      presence = { ...presence, ...changes }
      if (wasLocked && presence.user !== 'locked') alerts.onUnlocked()
      sync.setPresence(changes)
    },
  }
}

/** Model, alerts, requests and pictures of the accounts there are. */
export type ForumWatch = ReturnType<typeof watchForums>
