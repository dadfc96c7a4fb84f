import * as v from 'valibot'
import { networkSettingsSchema } from '../preferences/network-settings.ts'
import { preferencesSchema } from '../preferences/preferences.ts'
import type { Immutable } from './immutable.ts'
import { notificationSchema } from './notification.ts'
import { failureSchema } from './result-schema.ts'
import { signInMethodSchema } from './sign-in-method.ts'
import { timeSchema } from './time-schema.ts'

// The whole visible state. It holds no key, no private key and no nonce; it is the only thing a user interface sees.
// All times are milliseconds since 1970.

const siteSchema = v.object({
  /** Origin plus optional folder, no trailing slash: what identifies the site. */
  base: v.string(),
  /** The address for display: host, port unless it is the default, folder. IDNs in their own script. */
  host: v.string(),
  title: v.string(),
  /** `#rrggbb`, the forum's own colour. */
  color: v.nullable(v.string()),
})

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))

export const countsSchema = v.object({
  notifications: count,
  messages: count,
  chat: count,
  reviewables: count,
  total: count,
  /** The forum stops counting notifications here: there may be more, so “99” is shown as “99+”. */
  isCapped: v.exactOptional(v.boolean()),
  /**
   * So many of `notifications` are of high priority, on forums before 3.0, which do not say whether these are messages
   * or reminders: only the rows do.
   */
  undivided: v.exactOptional(count),
  /**
   * New and unread topics, on forums that count them. Never part of `total`; in a snapshot only while the user wants to
   * see them (`general.topicCounts`).
   */
  topics: v.exactOptional(v.object({ new: count, unread: count })),
  /** Messages in the inboxes of the user's groups, by group. The same holds for them. */
  groupInboxes: v.exactOptional(v.array(v.object({ id: v.number(), name: v.string(), count }))),
})

/** When the forum is asked again, where that is known; a change of the network or the user may be quicker. */
const retryAt = v.exactOptional(timeSchema)

const accountStateSchema = v.variant('kind', [
  /** No counts have arrived yet. */
  v.object({ kind: v.literal('new') }),
  /** The counts are the forum's last answer. */
  v.object({ kind: v.literal('fresh') }),
  /** The counts are old because the forum has a problem. */
  v.object({ kind: v.literal('stale'), since: timeSchema, failure: failureSchema, retryAt }),
  /** The counts are old because the network is down. */
  v.object({ kind: v.literal('offline'), since: timeSchema, failure: failureSchema, retryAt }),
  /** The forum is being updated or repaired. */
  v.object({ kind: v.literal('maintenance'), since: timeSchema, failure: failureSchema, retryAt }),
  /** The forum has asked to wait until then. */
  v.object({ kind: v.literal('limited'), until: timeSchema }),
  /** The keychain does not release the key at the moment. */
  v.object({ kind: v.literal('locked') }),
  /** The forum refuses the key, or it is gone from this computer; only signing in again helps. */
  v.object({ kind: v.literal('needsSignIn'), failure: failureSchema }),
  /**
   * The forum has been asked to revoke the access; `failure` says why it has not done so yet. It is asked again
   * automatically.
   */
  v.object({ kind: v.literal('revoking'), failure: v.nullable(failureSchema) }),
])

export const accountSchema = v.object({
  id: v.string(),
  site: siteSchema,
  username: v.string(),
  /** Pictures, as paths of our own: the user's, and the forum's. */
  avatar: v.nullable(v.string()),
  icon: v.nullable(v.string()),
  state: accountStateSchema,
  /** The forum reports changes at once, so the counts are up to date whatever `checkedAt` says. */
  isLive: v.boolean(),
  /** Absolute counts as the forum last sent them (ARCHITECTURE.md, decision 1); null before the first answer. */
  counts: v.nullable(countsSchema),
  checkedAt: v.nullable(timeSchema),
  /** The version of the forum's interface for apps when access was granted (protocol.md 1.1). */
  apiVersion: v.number(),
  /** The newest notifications, the newest first, and the older ones that were loaded; null before the first list. */
  items: v.nullable(v.array(notificationSchema)),
  /** Which of these the user has snoozed, and until when; `counts` excludes them. */
  snoozed: v.array(v.object({ notification: v.number(), until: timeSchema })),
  /** Whether there may be older ones to load. */
  hasOlder: v.boolean(),
  scopes: v.array(v.string()),
  approvedAt: timeSchema,
  expiresAt: v.nullable(timeSchema),
  lastUsedAt: v.nullable(timeSchema),
  links: v.object({
    /** The user's notifications on the site. */
    notifications: v.string(),
    /** The site's own list of applications with access. */
    apps: v.string(),
    /** The path of ours that opens the site with the user logged in; null where that is not possible. */
    signedIn: v.nullable(v.string()),
  }),
})

const attemptSchema = v.object({
  /** Unguessable: whoever knows it may open the authorize page through `/open/<id>`. */
  id: v.string(),
  site: siteSchema,
  method: signInMethodSchema,
  /** The methods that the user may change to, including the present one, best first. */
  methods: v.array(signInMethodSchema),
  /** For `device`: what the user types on the forum's page. */
  userCode: v.nullable(v.string()),
  /** The account that is being signed in again; null for a new one. */
  account: v.nullable(v.string()),
  /** The requested scopes. */
  scopes: v.array(v.string()),
  /** The optional scopes that the user may add. */
  optionalScopes: v.array(v.string()),
  /** For how many days access is requested; null for no expiry. */
  accessDays: v.nullable(v.number()),
  /** Whether the forum supports an expiry. */
  canLimitAccess: v.boolean(),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  state: v.variant('kind', [
    /** `failure` says why the last payload was not accepted. */
    v.object({ kind: v.literal('waiting'), failure: v.nullable(failureSchema) }),
    v.object({ kind: v.literal('checking') }),
    v.object({ kind: v.literal('expired') }),
    /** The user refused on the forum; known only for the device code method. */
    v.object({ kind: v.literal('denied') }),
    v.object({ kind: v.literal('done'), account: v.string() }),
  ]),
})

const vaultSchema = v.variant('kind', [
  /** The keychain has been asked and has not answered yet; it may be asking its owner. */
  v.object({ kind: v.literal('opening') }),
  v.object({ kind: v.literal('keychain') }),
  /** Secrets live in memory until the program ends; the user agreed to that. */
  v.object({ kind: v.literal('session') }),
  /** No keychain answers; no account can be added until it does or the user agrees to `session`. */
  v.object({ kind: v.literal('unavailable'), failure: failureSchema }),
])

const noticeSchema = v.object({ id: v.string(), failure: failureSchema, at: timeSchema })

/** The user's pause, their quiet hours, one forum's do-not-disturb, the operating system's. */
const quietReasonSchema = v.picklist(['paused', 'hours', 'forum', 'system'])

const quietSchema = v.object({
  isQuiet: v.boolean(),
  /** Why; of several reasons the user's own comes first. */
  reason: v.nullable(quietReasonSchema),
  /** When that ends, or, while it is not quiet, when quiet hours begin; null if the clock does not decide it. */
  until: v.nullable(timeSchema),
  /** All reasons to be quiet now, each with its own end; omitted if there is at most one. */
  holds: v.exactOptional(v.array(v.object({ reason: quietReasonSchema, until: v.nullable(timeSchema) }))),
})

/** Which program is registered for `discourse:` addresses. */
const linkOwnerSchema = v.variant('kind', [
  v.object({ kind: v.literal('ours') }),
  v.object({ kind: v.literal('nobody') }),
  /** Another program, by the system's name for it. */
  v.object({ kind: v.literal('other'), name: v.string() }),
])

/**
 * What a page is not told yet of accounts that its first screen does not show (common/glance/first-screen.ts), as far as
 * that screen's numbers need it. These accounts are in order, or loading, and are not muted.
 */
const unlistedSchema = v.object({
  /** What is new on them, as the badge counts it, and on how many forums. */
  news: count,
  forums: count,
  /** What is new on them, but left out of the badge. */
  uncounted: count,
  /** How many of them have nothing new. */
  quiet: count,
})

export const snapshotSchema = v.object({
  /** Rises by one with each change, so that a late snapshot can be told from a newer one. */
  revision: v.number(),
  appVersion: v.string(),
  accounts: v.array(accountSchema),
  /** null where `accounts` has all of them, which only a page's first snapshot has not. */
  unlisted: v.nullable(unlistedSchema),
  attempts: v.array(attemptSchema),
  vault: vaultSchema,
  /** The keypair that answers to sign-ins are encrypted for, once there is one; the age of an old one is unknown. */
  keypair: v.nullable(v.object({ createdAt: v.nullable(timeSchema) })),
  notices: v.array(noticeSchema),
  preferences: preferencesSchema,
  /** What holds for all accounts; a forum's own do-not-disturb is about its account alone. */
  quiet: quietSchema,
  /** Addresses that the computer's administrator suggests. */
  presetSites: v.array(v.string()),
  /** What that administrator has decided, whatever the preferences say. */
  decided: v.object({
    /** How forums are reached; null leaves it to the user. */
    proxy: v.nullable(networkSettingsSchema.entries.proxy),
    /** Whether the program may look for newer versions of itself. */
    mayUpdate: v.boolean(),
  }),
  /** Whether the system starts this program at login, which may differ from the preference; null where it cannot. */
  openAtLogin: v.nullable(v.boolean()),
  /**
   * Which program is registered for the `discourse:` addresses that forums answer with; null where this shell cannot
   * register.
   */
  linkOwner: v.nullable(linkOwnerSchema),
})

export type Snapshot = Immutable<v.InferOutput<typeof snapshotSchema>>
export type AccountView = Snapshot['accounts'][number]
export type AccountState = AccountView['state']
export type AttemptView = Snapshot['attempts'][number]
export type AttemptState = AttemptView['state']
export type Counts = Immutable<v.InferOutput<typeof countsSchema>>
export type Notice = Snapshot['notices'][number]
export type QuietState = Snapshot['quiet']
export type QuietReason = NonNullable<QuietState['reason']>
export type Site = Immutable<v.InferOutput<typeof siteSchema>>
export type LinkOwner = Immutable<v.InferOutput<typeof linkOwnerSchema>>
export type VaultState = Snapshot['vault']
