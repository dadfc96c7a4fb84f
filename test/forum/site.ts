import { randomBytes } from 'node:crypto'
import { ClientStore } from './client-store.ts'
import { DeviceLimits } from './device-limits.ts'
import { DeviceRequests } from './device-requests.ts'
import { FaultPlan } from './faults.ts'
import type { ForumClock } from './forum-clock.ts'
import { IssuedSecrets } from './issued-secrets.ts'
import { KeyStore } from './key-store.ts'
import { MessageBus } from './message-bus.ts'
import { type NotificationBackup, NotificationStore } from './notification-store.ts'
import { OneTimePasswords } from './one-time-passwords.ts'
import { OpenRequests } from './open-requests.ts'
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
  /** The folder, as `/forum`, or empty (protocol.md 7). */
  readonly path: string
  /** Scheme, host and port; known once the server listens. */
  origin: string
  settings: Settings
  readOnly: boolean
  readonly clock: ForumClock
  /** The clock's time, in milliseconds since the epoch. */
  readonly now: () => number
  readonly users: UserStore
  readonly notifications: NotificationStore
  readonly bus: MessageBus
  readonly keys: KeyStore
  readonly sessions: SessionStore
  readonly clients: ClientStore
  readonly oneTimePasswords: OneTimePasswords
  readonly secrets: IssuedSecrets
  readonly deviceRequests: DeviceRequests
  readonly deviceLimits: DeviceLimits
  /** One client in 24 hours for each address (protocol.md 1.9). */
  readonly registrations: RateLimits
  /** Sent to the identity provider and not yet back. */
  readonly ssoNonces: Set<string>
  readonly ssoSecret: string
  readonly csrfTokenOfStrangers: string
  /** How many alerts were published: the next one's delay goes by it. */
  alerts: number
  /** The newest message of the forum's chat. */
  lastChatMessageId: number
  backup: Backup | null
  keyLimits: RateLimits
  ipLimits: RateLimits | null
  limits: Limits
  readonly faults: FaultPlan
  readonly requests: RequestLog
  readonly openRequests: OpenRequests
}

/** What the forum's database held at one time, as far as a notifier sees it. */
export interface Backup {
  readonly notifications: NotificationBackup
  /** By the user's id. */
  readonly seenNotificationIds: ReadonlyMap<number, number>
}

export interface SiteOptions {
  readonly profile: Profile
  readonly title: string
  readonly color: string
  readonly path: string
  readonly settings: Settings
  readonly limits: Limits
  readonly clock: ForumClock
}

export function createSite(options: SiteOptions): Site {
  const { limits, clock } = options
  const now = (): number => clock.now()
  const site: Site = {
    ...options,
    now,
    origin: '',
    readOnly: false,
    users: new UserStore(now),
    notifications: new NotificationStore(),
    bus: new MessageBus(() => site.settings.busBacklog),
    keys: new KeyStore(options.profile.clientIds),
    clients: new ClientStore(),
    oneTimePasswords: new OneTimePasswords(),
    secrets: new IssuedSecrets(),
    deviceRequests: new DeviceRequests(),
    deviceLimits: new DeviceLimits(),
    registrations: registrationLimits(options.profile.registrationsPerDay),
    ssoNonces: new Set(),
    ssoSecret: randomBytes(32).toString('hex'),
    csrfTokenOfStrangers: randomBytes(32).toString('hex'),
    sessions: new SessionStore(),
    alerts: 0,
    lastChatMessageId: 0,
    backup: null,
    keyLimits: keyLimits(limits),
    ipLimits: ipLimits(limits),
    faults: new FaultPlan(),
    requests: new RequestLog(),
    openRequests: new OpenRequests(),
  }
  return site
}

/** Whether this forum offers the device flow: its version does, and nobody switched it off. */
export function hasDeviceFlow({ profile, settings }: Site): boolean {
  return profile.hasDeviceFlow && settings.deviceFlow
}

/** A new password that logs the user in once (protocol.md 1.8). */
export function makeOneTimePassword(site: Site, user: { readonly id: number }): string {
  const password = site.oneTimePasswords.make(user.id, site.now())
  site.secrets.note('one-time password', password)
  return password
}
