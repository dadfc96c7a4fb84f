/** What the forum's administrator can set; defaults as in protocol 2.1. May change while the forum runs. */
export interface Settings {
  readonly allowedScopes: readonly string[]
  readonly allowedRedirects: readonly string[]
  readonly allowedPushUrls: readonly string[]
  /** Who may have user API keys; staff always may. Stands for the group setting as well. */
  readonly minTrustLevel: number
  readonly maxKeyExpiryDays: number
  readonly loginRequired: boolean
  readonly chatEnabled: boolean
  readonly description: string
}

export const defaultSettings: Settings = {
  allowedScopes: ['read', 'write', 'message_bus', 'push', 'notifications', 'session_info', 'one_time_password'],
  allowedRedirects: ['https://api.discourse.org/api/auth_redirect', 'discourse://auth_redirect'],
  allowedPushUrls: [],
  minTrustLevel: 0,
  maxKeyExpiryDays: 365,
  loginRequired: false,
  chatEnabled: false,
  description: 'A forum that only exists while the test runs',
}
