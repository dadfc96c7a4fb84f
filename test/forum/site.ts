import { FaultPlan } from './faults.ts'
import { KeyStore } from './key-store.ts'
import { NotificationStore } from './notification-store.ts'
import type { Profile } from './profiles.ts'
import { ipLimits, keyLimits, type Limits, type RateLimits } from './rate-limits.ts'
import { RequestLog } from './request-log.ts'
import { SessionStore } from './session-store.ts'
import type { Settings } from './settings.ts'
import { UserStore } from './user-store.ts'

/** Everything one simulated forum is made of. The routes read and change it; the library API is a view of it. */
export interface Site {
  readonly profile: Profile
  readonly title: string
  /** Six hex digits without `#`. */
  readonly color: string
  /** The folder, as `/forum`, or empty (protocol section 7). */
  readonly path: string
  /** Scheme, host and port; known once the server listens. */
  origin: string
  settings: Settings
  readOnly: boolean
  readonly now: () => number
  readonly users: UserStore
  readonly notifications: NotificationStore
  readonly keys: KeyStore
  readonly sessions: SessionStore
  readonly keyLimits: RateLimits
  readonly ipLimits: RateLimits | null
  readonly faults: FaultPlan
  readonly requests: RequestLog
}

export interface SiteOptions {
  readonly profile: Profile
  readonly title: string
  readonly color: string
  readonly path: string
  readonly settings: Settings
  readonly limits: Limits
  readonly now: () => number
}

export function createSite({ limits, ...options }: SiteOptions): Site {
  return {
    ...options,
    origin: '',
    readOnly: false,
    users: new UserStore(),
    notifications: new NotificationStore(),
    keys: new KeyStore(options.profile.clientIds),
    sessions: new SessionStore(),
    keyLimits: keyLimits(limits),
    ipLimits: ipLimits(limits),
    faults: new FaultPlan(),
    requests: new RequestLog(),
  }
}

/** Moves the seen id of a user to the newest notification, as opening the bell menu does (protocol 5.1, 5.3). */
export function seeNotifications(site: Site, userId: number): void {
  const newest = Math.max(0, ...site.notifications.ofUser(userId).map(({ id }) => id))
  site.users.change(userId, { seenNotificationId: newest })
}
