import * as v from 'valibot'
import type { NotificationItem } from '../contract/notification.ts'
import {
  type AccountView,
  type AttemptView,
  type Counts,
  type Site,
  type Snapshot,
  snapshotSchema,
} from '../contract/snapshot.ts'
import { defaultPreferences } from '../preferences/preferences.ts'

/** The present in all tests: a Monday at noon, UTC. */
export const now = Date.UTC(2026, 10, 23, 12, 0)
export const minute = 60_000

export const meta: Site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: '#e45735' }
export const rust: Site = { base: 'https://rust.example', host: 'rust.example', title: 'Rust Users', color: null }

/** Counts with their total, as the engine gives them. */
export const counts = (some: Partial<Counts> = {}): Counts => {
  const { notifications = 0, messages = 0, chat = 0, reviewables = 0 } = some
  const total = notifications + messages + chat + reviewables
  return { notifications, messages, chat, reviewables, total }
}

/** An account in good order with nothing new, but for what is given. */
export const account = (some: Partial<AccountView> = {}): AccountView => ({
  id: 'account-1',
  site: meta,
  username: 'eve',
  avatar: null,
  icon: null,
  state: { kind: 'fresh' },
  isLive: false,
  items: null,
  snoozed: [],
  hasOlder: false,
  counts: counts(),
  checkedAt: now - 2 * minute,
  apiVersion: 4,
  scopes: ['notifications', 'session_info'],
  approvedAt: Date.UTC(2026, 9, 1, 12, 0),
  expiresAt: null,
  lastUsedAt: now - 2 * minute,
  links: {
    notifications: 'https://meta.example/u/eve/notifications',
    apps: 'https://meta.example/u/eve/preferences/apps',
    signedIn: null,
  },
  ...some,
})

/** An unread mention by mika, ten minutes old, but for what is given. */
export const notification = (some: Partial<NotificationItem> = {}): NotificationItem => ({
  id: 1,
  kind: 'mentioned',
  read: false,
  highPriority: false,
  createdAt: now - 10 * minute,
  actor: 'mika',
  secondActor: null,
  count: null,
  title: 'Release notes',
  place: null,
  topic: 7,
  excerpt: null,
  url: 'https://meta.example/t/7/2',
  ...some,
})

/** An attempt that waits for another nine minutes and 41 seconds, but for what is given. */
export const attempt = (some: Partial<AttemptView> = {}): AttemptView => ({
  id: 'attempt-1',
  site: meta,
  method: 'redirect',
  methods: ['redirect', 'paste'],
  userCode: null,
  account: null,
  scopes: ['notifications', 'session_info'],
  optionalScopes: [],
  accessDays: null,
  canLimitAccess: false,
  createdAt: now,
  expiresAt: now + 581_000,
  state: { kind: 'waiting', failure: null },
  ...some,
})

/** A snapshot as it would arrive: read by the schema. */
export const snapshot = (some: Partial<Snapshot> = {}): Snapshot =>
  v.parse(snapshotSchema, {
    revision: 1,
    appVersion: '0.1.0',
    accounts: [],
    unlisted: null,
    attempts: [],
    vault: { kind: 'keychain' },
    keypair: null,
    notices: [],
    preferences: defaultPreferences,
    quiet: { isQuiet: false, reason: null, until: null },
    presetSites: [],
    decided: { proxy: null, mayUpdate: true },
    openAtLogin: null,
    linkOwner: null,
    ...some,
  })
