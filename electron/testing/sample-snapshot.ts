import type { AccountView, AttemptView, Counts, Snapshot } from '../../common/contract/snapshot.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'

/** Counts whose total fits. */
export const sampleCounts = (notifications: number, messages = 0): Counts => ({
  notifications,
  messages,
  chat: 0,
  reviewables: 0,
  total: notifications + messages,
})

/** A connected account with up-to-date numbers and nothing new. */
export const sampleAccount = (changes: Partial<AccountView> = {}, base = 'https://meta.example'): AccountView => ({
  id: 'a1',
  site: { base, host: base.replace('https://', ''), title: 'Meta', color: null },
  username: 'eve',
  avatar: null,
  icon: null,
  state: { kind: 'fresh' },
  isLive: false,
  items: null,
  counts: sampleCounts(0),
  checkedAt: 0,
  apiVersion: 4,
  scopes: [],
  approvedAt: 0,
  expiresAt: null,
  lastUsedAt: null,
  links: { notifications: `${base}/u/eve/notifications`, apps: `${base}/u/eve/preferences/apps`, signedIn: null },
  ...changes,
})

/** A sign-in that waits. */
export const sampleAttempt = (changes: Partial<AttemptView> = {}, base = 'https://devtalk.example'): AttemptView => ({
  id: 'f00d',
  site: { base, host: base.replace('https://', ''), title: 'Devtalk', color: null },
  method: 'redirect',
  methods: ['redirect', 'paste'],
  userCode: null,
  account: null,
  scopes: [],
  optionalScopes: [],
  accessDays: null,
  canLimitAccess: false,
  createdAt: 0,
  expiresAt: 600_000,
  state: { kind: 'waiting', failure: null },
  ...changes,
})

/** A snapshot of an installation with a keychain and nothing else. */
export const sampleSnapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  appVersion: '0.0.0',
  accounts: [],
  attempts: [],
  vault: { kind: 'keychain' },
  keypair: null,
  notices: [],
  preferences: defaultPreferences,
  quiet: { isQuiet: false, reason: null, until: null },
  presetSites: [],
  openAtLogin: null,
  linkOwner: null,
  ...changes,
})
