/** A check of a key request; which ones run, and in what order, is what the versions differ in (protocol.md 1.2, 1.3). */
export type KeyRequestCheck = 'params' | 'scopes' | 'key' | 'redirect' | 'padding' | 'expiry' | 'group'

/** A field of `/session/current.json` that not every version sends (protocol.md 5.1). */
export type VersionedUserField =
  | 'all_unread_notifications_count'
  | 'do_not_disturb_channel_position'
  | 'do_not_disturb_until'
  | 'grouped_unread_notifications'
  | 'new_personal_messages_notifications_count'
  | 'reviewable_count'
  | 'unread_private_messages'
  | 'unseen_reviewable_count'

/**
 * What one version of Discourse does, as data: the code asks the profile and never compares versions. A test may pass
 * a changed copy (`{ ...profiles['2.9'], highPriorityInItems: false }`) to play an older or an odd server.
 */
export interface Profile {
  readonly name: string
  /** As `/about.json` gives it. */
  readonly version: string
  /** Header of the probe, protocol.md 1.1. */
  readonly authApiVersion: string
  /** Checks before login when the authorize page is opened; `group` comes after login, always. */
  readonly pageChecks: readonly KeyRequestCheck[]
  readonly createChecks: readonly KeyRequestCheck[]
  /** The same for the one-time password on its own (protocol.md 1.8; 11, no. 69 and 70). */
  readonly otpPageChecks: readonly KeyRequestCheck[]
  readonly otpCreateChecks: readonly KeyRequestCheck[]
  /** `crash` is an uncaught exception: 500. `refuse` is `generic_error` on the page and 400 on create. */
  readonly onBadPublicKey: 'crash' | 'refuse'
  readonly onOversizedPayload: 'crash' | 'refuse'
  readonly redirectMatching: 'whole-string' | 'by-parts'
  readonly knowsPadding: boolean
  readonly knowsKeyExpiry: boolean
  /** `/user-api-key/new.json`, and `redirect_url` for a JSON post. */
  readonly servesPageModel: boolean
  /** Warns about `write` and shows the host of the redirect. */
  readonly warnsOnAuthorizePage: boolean
  /** Protocol 1.10, with the header that advertises it and `no-store` on all pages about keys. */
  readonly hasDeviceFlow: boolean
  /** Protocol 1.9; whether a registered redirect needs no list or must be on the site's list as well. */
  readonly registeredClients: 'none' | 'own-redirect' | 'listed-redirect'
  /** Who may have keys is a trust level or a list of groups (protocol.md 0.1, no. 5). */
  readonly keyPermission: 'trust-level' | 'groups'
  /** How many clients an address may register in 24 hours (protocol.md 11, no. 91). */
  readonly registrationsPerDay: number
  readonly hasKeyMaxLife: boolean
  /** Protocol 1.6: a column unique over the whole site, or a table of clients. */
  readonly clientIds: 'unique-per-site' | 'client-table'
  readonly hasTotals: boolean
  readonly currentUserFields: readonly VersionedUserField[]
  readonly highPriorityInItems: boolean
  /** Only where the site shows faces in menus (the setting `avatarsInMenus`). */
  readonly actingUserAvatarInItems: boolean
  /** `display_name` in the data of notifications about posts. */
  readonly displayNameInData: boolean
  /** What a path without a route answers for JSON: JSON, or a sentence to a key and a page to others (protocol.md 4.2). */
  readonly onMissingRoute: 'json' | 'text'
  readonly onOversizedLimit: 'clamp' | 'refuse'
  readonly maxRecentLimit: number
  readonly historyTakesLimit: boolean
  /** `filter_by_types`, `dismiss_types` and `pending_reviewables`. */
  readonly hasUserMenu: boolean
  /** In the recent list unread ones stand before read ones; else only those of high priority do (protocol.md 5.3). */
  readonly unreadFirst: boolean
  readonly likesLowered: boolean
  /** The page with the code to paste names the application (protocol.md 1.3). */
  readonly namesApplicationOnPastePage: boolean
  /** Items of invisible topics leave after the limit, so that fewer than `limit` may come back (protocol.md 5.3). */
  readonly hidesTopicsAfterLimit: boolean
  /** Highest number of a built-in notification type (protocol.md 6). Plugin types (800 and up) are always known. */
  readonly newestNotificationType: number
  readonly rateLimitErrorCode: boolean
  readonly rateLimitTimeLeft: boolean
  readonly basicInfoHasLocale: boolean
}

const profile29: Profile = {
  name: '2.9',
  version: '2.9.0.beta1',
  authApiVersion: '4',
  pageChecks: ['params', 'scopes', 'key'],
  createChecks: ['params', 'redirect', 'group', 'scopes', 'key'],
  otpPageChecks: ['params'],
  otpCreateChecks: ['params', 'redirect', 'group', 'scopes', 'key'],
  onBadPublicKey: 'crash',
  onOversizedPayload: 'crash',
  redirectMatching: 'whole-string',
  knowsPadding: false,
  knowsKeyExpiry: false,
  servesPageModel: false,
  warnsOnAuthorizePage: false,
  hasDeviceFlow: false,
  registeredClients: 'none',
  registrationsPerDay: 1,
  keyPermission: 'trust-level',
  hasKeyMaxLife: false,
  clientIds: 'unique-per-site',
  hasTotals: false,
  currentUserFields: ['do_not_disturb_until', 'reviewable_count', 'unread_private_messages'],
  highPriorityInItems: true,
  actingUserAvatarInItems: false,
  displayNameInData: false,
  onMissingRoute: 'json',
  onOversizedLimit: 'clamp',
  maxRecentLimit: 50,
  historyTakesLimit: false,
  hasUserMenu: false,
  unreadFirst: false,
  likesLowered: false,
  namesApplicationOnPastePage: true,
  hidesTopicsAfterLimit: false,
  newestNotificationType: 32,
  rateLimitErrorCode: true,
  rateLimitTimeLeft: false,
  basicInfoHasLocale: false,
}

const profile34: Profile = {
  ...profile29,
  name: '3.4',
  version: '3.4.0.beta3',
  registeredClients: 'own-redirect',
  keyPermission: 'groups',
  hasKeyMaxLife: true,
  clientIds: 'client-table',
  hasTotals: true,
  currentUserFields: [
    'all_unread_notifications_count',
    'do_not_disturb_channel_position',
    'do_not_disturb_until',
    'grouped_unread_notifications',
    'new_personal_messages_notifications_count',
    'reviewable_count',
    'unseen_reviewable_count',
  ],
  actingUserAvatarInItems: true,
  onMissingRoute: 'text',
  onOversizedLimit: 'refuse',
  maxRecentLimit: 60,
  historyTakesLimit: true,
  hasUserMenu: true,
  unreadFirst: true,
  likesLowered: true,
  hidesTopicsAfterLimit: true,
  newestNotificationType: 40,
  rateLimitTimeLeft: true,
  basicInfoHasLocale: true,
}

const profile35: Profile = {
  ...profile34,
  name: '3.5',
  version: '3.5.0.beta9-dev',
  registrationsPerDay: 3,
  displayNameInData: true,
  namesApplicationOnPastePage: false,
}

const profileLatest: Profile = {
  ...profile35,
  name: 'latest',
  version: '2026.8.0-latest',
  pageChecks: ['params', 'scopes', 'key', 'padding', 'redirect', 'expiry'],
  createChecks: ['params', 'scopes', 'key', 'padding', 'redirect', 'group', 'expiry'],
  otpPageChecks: ['params', 'key', 'padding', 'redirect'],
  otpCreateChecks: ['params', 'key', 'padding', 'redirect', 'group', 'scopes'],
  onBadPublicKey: 'refuse',
  onOversizedPayload: 'refuse',
  redirectMatching: 'by-parts',
  knowsPadding: true,
  knowsKeyExpiry: true,
  servesPageModel: true,
  warnsOnAuthorizePage: true,
  hasDeviceFlow: true,
  registeredClients: 'listed-redirect',
  namesApplicationOnPastePage: true,
  newestNotificationType: 45,
}

/** The versions we play, by the columns of protocol.md 10. */
export const profiles = {
  '2.9': profile29,
  '3.4': profile34,
  '3.5': profile35,
  latest: profileLatest,
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof profiles

export const profileNames: readonly ProfileName[] = ['2.9', '3.4', '3.5', 'latest']
