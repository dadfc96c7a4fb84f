/** What the forum's administrator can set; defaults as in protocol.md 2.1. May change while the forum runs. */
export interface Settings {
  readonly allowedScopes: readonly string[]
  readonly allowedRedirects: readonly string[]
  readonly allowedPushUrls: readonly string[]
  /** Who may have user API keys; staff always may. Stands for the group setting as well. */
  readonly minTrustLevel: number
  /** Ids of the groups that may, from 3.3 on: 1 admins, 2 moderators, 10 to 14 the trust levels (protocol.md 2.1). */
  readonly allowedGroups: readonly number[]
  /** What a client that registers itself may ask for; empty by default, so that nobody can (protocol.md 1.9). */
  readonly allowedClientScopes: readonly string[]
  /** Off plays a forum of the newest version before it had the device flow. Without effect in older versions. */
  readonly deviceFlow: boolean
  /** Members log in at an identity provider: a page of its own on this server (protocol.md 1.2). */
  readonly discourseConnect: boolean
  /** Encrypts with PKCS#1 although OAEP was asked for (protocol.md 8). */
  readonly ignoresPadding: boolean
  /** Off: the message bus answers every poll at once. */
  readonly longPolling: boolean
  /** How many messages each channel of the message bus keeps. */
  readonly busBacklog: number
  /**
   * How long after the counts the words of a post come, in milliseconds, one after the other and then from the start
   * again: 16 to 413 on real servers (protocol.md 14.6). 0 is at once.
   */
  readonly alertDelays: readonly number[]
  /** Rows are destroyed, consolidated and changed as in Discourse (protocol.md 14.1 and 14.2). Off: every event adds one. */
  readonly consolidates: boolean
  /** How long the message bus holds a poll without news. */
  readonly longPollingSeconds: number
  /** The daily job revokes keys unused for so many days, and older than so many; 0 is never (protocol.md 2.1). */
  readonly revokeUnusedDays: number
  readonly revokeMaxLifeDays: number
  readonly unusedClientDays: number
  readonly maxKeyExpiryDays: number
  readonly loginRequired: boolean
  readonly chatEnabled: boolean
  /** Lists of notifications carry the faces of those who acted, from 3.x on (protocol.md 14.12). */
  readonly avatarsInMenus: boolean
  readonly description: string
}

export const defaultSettings: Settings = {
  allowedScopes: ['read', 'write', 'message_bus', 'push', 'notifications', 'session_info', 'one_time_password'],
  allowedRedirects: ['https://api.discourse.org/api/auth_redirect', 'discourse://auth_redirect'],
  allowedPushUrls: [],
  minTrustLevel: 0,
  allowedGroups: [1, 2, 10],
  allowedClientScopes: [],
  deviceFlow: true,
  discourseConnect: false,
  ignoresPadding: false,
  longPolling: true,
  busBacklog: 100,
  alertDelays: [16, 84, 55, 413],
  consolidates: true,
  longPollingSeconds: 25,
  revokeUnusedDays: 180,
  revokeMaxLifeDays: 0,
  unusedClientDays: 30,
  maxKeyExpiryDays: 365,
  loginRequired: false,
  chatEnabled: false,
  avatarsInMenus: false,
  description: 'A forum that only exists while the test runs',
}
