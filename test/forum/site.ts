import { randomBytes } from 'node:crypto'
import { ClientStore } from './client-store.ts'
import { DeviceLimits } from './device-limits.ts'
import { DeviceRequests } from './device-requests.ts'
import { FaultPlan } from './faults.ts'
import { KeyStore } from './key-store.ts'
import { NotificationStore } from './notification-store.ts'
import { OneTimePasswords } from './one-time-passwords.ts'
import type { Profile } from './profiles.ts'
import { ipLimits, keyLimits, type Limits, type RateLimits, registrationLimits } from './rate-limits.ts'
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
  /** The clock, moved ahead by `clockAhead` milliseconds. */
  readonly now: () => number
  clockAhead: number
  readonly users: UserStore
  readonly notifications: NotificationStore
  readonly keys: KeyStore
  readonly sessions: SessionStore
  readonly clients: ClientStore
  readonly oneTimePasswords: OneTimePasswords
  readonly deviceRequests: DeviceRequests
  readonly deviceLimits: DeviceLimits
  /** One client in 24 hours for each address (protocol 1.9). */
  readonly registrations: RateLimits
  /** Sent to the identity provider and not yet back. */
  readonly ssoNonces: Set<string>
  readonly ssoSecret: string
  keyLimits: RateLimits
  ipLimits: RateLimits | null
  limits: Limits
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

export function createSite(options: SiteOptions): Site {
  const { limits } = options
  const site: Site = {
    ...options,
    now: () => options.now() + site.clockAhead,
    clockAhead: 0,
    origin: '',
    readOnly: false,
    users: new UserStore(),
    notifications: new NotificationStore(),
    keys: new KeyStore(options.profile.clientIds),
    clients: new ClientStore(),
    oneTimePasswords: new OneTimePasswords(),
    deviceRequests: new DeviceRequests(),
    deviceLimits: new DeviceLimits(),
    registrations: registrationLimits(),
    ssoNonces: new Set(),
    ssoSecret: randomBytes(32).toString('hex'),
    sessions: new SessionStore(),
    keyLimits: keyLimits(limits),
    ipLimits: ipLimits(limits),
    faults: new FaultPlan(),
    requests: new RequestLog(),
  }
  return site
}

/** Whether this forum offers the device flow: its version does, and nobody switched it off. */
export function hasDeviceFlow({ profile, settings }: Site): boolean {
  return profile.hasDeviceFlow && settings.deviceFlow
}

/** Moves the seen id of a user to the newest notification, as opening the bell menu does (protocol 5.1, 5.3). */
export function seeNotifications(site: Site, userId: number): void {
  const newest = Math.max(0, ...site.notifications.ofUser(userId).map(({ id }) => id))
  site.users.change(userId, { seenNotificationId: newest })
}
